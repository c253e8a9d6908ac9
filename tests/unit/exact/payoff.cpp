#include "engine/exact/payoff.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>

#include "engine/exact/certificate.hpp"
#include "engine/exact/front_extent.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/exact/small_forms.hpp"
#include "tests/unit/urban/pingliang_payoff.hpp"

namespace millrace {
namespace {

LinearForm pingliang_form(const std::string& year) {
  return *make_urban_problem(load_urban_case("pingliang"), {.scenario = year}).linear_form();
}

}  // namespace

TEST_CASE("the payoff table of Pingliang is the published one") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    const PayoffTable payoff = payoff_table(pingliang_form(urban.scenarios[t]));
    for (std::size_t k = 0; k < 5; ++k) {
      INFO(urban.scenarios[t] << " " << name_of(urban.objectives[k]));
      const double sign = k == 1 ? -1.0 : 1.0;
      const double half_digit = 0.5001 * kPingliangDigit[k];
      CHECK(std::abs(sign * payoff.ideal[k] - kPingliangIdeal[t][k]) <= half_digit);
      CHECK(payoff.objectives(k, k) == Approx(payoff.ideal[k]).epsilon(1e-12).margin(1e-9));
      CHECK(sign * kPingliangNadir[t][k] >= payoff.nadir[k] - half_digit);
      CHECK(payoff.worst[k] >= payoff.nadir[k] - 1e-6 * std::abs(payoff.nadir[k]));
      // These two are of looser ties in the published table (see pingliang_payoff.hpp).
      if (k == 4 || (t == 3 && k == 0)) continue;
      CHECK(std::abs(sign * payoff.nadir[k] - kPingliangNadir[t][k]) <= half_digit);
    }
    CHECK(payoff.worst[4] == Approx(1760.0));
  }
  CHECK(payoff_table(pingliang_form("2025")).nadir[4] == Approx(631.085).margin(5e-4));
}

TEST_CASE("the rows of a payoff table are efficient") {
  Workers workers(1);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const LinearForm form = random_form(5, 4, 3, seed);
    const PayoffTable payoff = payoff_table(form);
    const Certificate certificate = certify(form, payoff.range(), payoff.objectives, workers);
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(std::abs(certificate.gap[k]) < 1e-7);
      CHECK(certificate.largest_improvement[k] < 1e-6);
      CHECK(payoff.worst[k] >= payoff.nadir[k] - 1e-9);
    }
  }
}

TEST_CASE("one objective, constant objectives, and programs without an optimum") {
  Workers workers(1);
  LinearForm form = simplex_form(1);
  CHECK(payoff_table(form).ideal[0] == Approx(1.0));
  CHECK(payoff_table(form).range() == std::vector<double>{0.0});
  form.close_objective(3.0);
  const PayoffTable payoff = payoff_table(form);
  CHECK(payoff.ideal[1] == 3.0);
  CHECK(payoff.range() == std::vector<double>{0.0, 0.0});
  CHECK(payoff.worst[0] == Approx(1.0));
  CHECK(payoff.worst[1] == 3.0);
  const FrontExtent extent = front_extent(form, payoff, {}, workers);
  CHECK(extent.nadir[1] == 3.0);
  CHECK(extent.nadir[0] == Approx(1.0));
  CHECK(extent.corners(0, 1) == 3.0);
  CHECK(extent.nadir_exact);

  LinearForm infeasible = simplex_form(2);
  infeasible.row_terms.put(0, 1.0);
  infeasible.close_row("impossible", 2.0, kNoBound);
  CHECK_THROWS_WITH(payoff_table(infeasible), Catch::Contains("infeasible"));
  LinearForm unbounded = simplex_form(2);
  unbounded.columns[0].lower = -kNoBound;
  unbounded.columns[1].upper = kNoBound;
  CHECK_THROWS_WITH(payoff_table(unbounded), Catch::Contains("unbounded"));
  LinearForm open = simplex_form(2);
  open.columns[0].upper = kNoBound;
  const PayoffTable upwards = payoff_table(open);
  CHECK(upwards.worst[0] == kNoBound);
  CHECK_FALSE(front_extent(open, upwards, {}, workers).nadir_exact);
  CHECK_THROWS_AS(payoff_table(LinearForm{}), std::invalid_argument);
}

TEST_CASE("the nadir of Pingliang lies between the payoff table and the feasible set") {
  // The payoff table misses it: the largest groundwater of an efficient plan of 2025 is 897.788, not 631.085.
  const double groundwater[4] = {897.7882, 989.494, 1101.203, 1261.275};
  const std::size_t corners[4] = {46, 29, 23, 26};
  Workers workers(1);
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    const LinearForm form = pingliang_form(urban.scenarios[t]);
    const PayoffTable payoff = payoff_table(form);
    const FrontExtent extent = front_extent(form, payoff, {}, workers);
    REQUIRE(extent.nadir_exact);
    CHECK(extent.corners.rows() == corners[t]);
    CHECK(extent.nadir[4] == Approx(groundwater[t]).epsilon(1e-6));
    for (std::size_t k = 0; k < 5; ++k) {
      CHECK(extent.nadir[k] >= payoff.nadir[k] - 1e-6 * std::abs(payoff.nadir[k]));
      CHECK(extent.nadir_bound[k] == extent.nadir[k]);
    }
    const Certificate certificate = certify(form, payoff.range(), extent.corners, workers);
    for (std::size_t i = 0; i < extent.corners.rows(); ++i) {
      CHECK(std::abs(certificate.gap[i]) < 1e-6);
      CHECK(certificate.largest_improvement[i] < 1e-5);
    }
    const FrontExtent cut_off = front_extent(form, payoff, {.most_corners = 40}, workers);
    CHECK_FALSE(cut_off.nadir_exact);
    CHECK(cut_off.nadir == payoff.nadir);
    CHECK(cut_off.nadir_bound == payoff.worst);
  }
}

}  // namespace millrace
