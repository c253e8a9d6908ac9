#include "engine/exact/upper_image.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <stdexcept>

#include "engine/exact/front_volume.hpp"
#include "engine/exact/payoff.hpp"
#include "engine/exact/polytope.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/exact/small_forms.hpp"
#include "tests/unit/urban/pingliang_payoff.hpp"

namespace millrace {
namespace {

double factorial(std::size_t m) { return m < 2 ? 1.0 : static_cast<double>(m) * factorial(m - 1); }

/// The box of Pingliang's reference: the published ideal point to 1.1 ranges beyond it.
struct Box {
  explicit Box(std::size_t year) {
    for (std::size_t k = 0; k < 5; ++k) {
      const double sign = k == 1 ? -1.0 : 1.0;
      lower.push_back(sign * kPingliangIdeal[year][k]);
      upper.push_back(lower[k] + 1.1 * (sign * kPingliangNadir[year][k] - lower[k]));
      volume *= upper[k] - lower[k];
    }
  }
  std::vector<double> lower, upper;
  double volume = 1.0;
};

}  // namespace

TEST_CASE("a polytope of halfspaces has the volume that samples find") {
  for (const std::size_t m : {1u, 2u, 3u, 4u, 5u}) {
    RowDraws draws({3, static_cast<std::uint32_t>(m), Stage::problem}, 0);
    Polytope polytope(std::vector<double>(m, 0.0), std::vector<double>(m, 1.0));
    CHECK(polytope.volume() == Approx(1.0));
    std::vector<double> normals;
    std::vector<double> offsets;
    for (int cut = 0; cut < 12; ++cut) {
      double middle = 0.0;
      for (std::size_t k = 0; k < m; ++k) {
        normals.push_back(draws.next_double() - 0.3);
        middle += 0.6 * normals.back();
      }
      offsets.push_back(middle - 0.25 * draws.next_double());
      polytope.cut(std::span(normals).last(m), offsets.back());
    }
    const int samples = 40000;
    int inside = 0;
    std::vector<double> u(m);
    for (int s = 0; s < samples; ++s) {
      for (double& value : u) value = draws.next_double();
      bool in = true;
      for (std::size_t c = 0; c < offsets.size() && in; ++c) {
        double sum = 0.0;
        for (std::size_t k = 0; k < m; ++k) sum += normals[c * m + k] * u[k];
        in = sum >= offsets[c];
      }
      inside += in;
    }
    const double share = static_cast<double>(inside) / samples;
    CHECK(std::abs(polytope.volume() - share) < 5.0 * std::sqrt(share * (1.0 - share) / samples));
  }
}

TEST_CASE("cuts through vertices, along facets, beside the polytope and through all of it") {
  Polytope square(std::vector<double>{0.0, 0.0}, std::vector<double>{1.0, 1.0});
  CHECK_FALSE(square.cut(std::vector<double>{1.0, 1.0}, -0.5));
  CHECK_FALSE(square.cut(std::vector<double>{1.0, 0.0}, 0.0));
  CHECK(square.cut(std::vector<double>{1.0, -1.0}, 0.0));
  CHECK(square.volume() == Approx(0.5));
  CHECK(square.vertices() == 3);
  CHECK_FALSE(square.cut(std::vector<double>{1.0, -1.0}, 0.0));
  CHECK(square.cut(std::vector<double>{0.0, 1.0}, 0.5));
  CHECK(square.volume() == Approx(0.125));
  CHECK(square.cut(std::vector<double>{1.0, 0.0}, 2.0));
  CHECK(square.volume() == 0.0);
  CHECK(square.vertices() == 0);
  CHECK_THROWS_AS(Polytope({}, {}), std::invalid_argument);
}

TEST_CASE("the upper image of a simplex") {
  Workers workers(1);
  for (const std::size_t m : {1u, 2u, 3u, 4u, 5u}) {
    const LinearForm form = simplex_form(m);
    const std::vector<double> lower(m, 0.0);
    const std::vector<double> upper(m, 2.0);
    const UpperImage image = upper_image(form, lower, upper, {}, workers);
    REQUIRE(image.complete);
    CHECK(image.corners.rows() == m);
    CHECK(image.volume == Approx(std::pow(2.0, static_cast<double>(m)) - 1.0 / factorial(m)).epsilon(1e-9));
    CHECK(image.excess < 1e-5 * image.volume);
    const FrontVolume estimate = estimate_front_volume(form, lower, upper, {.pilot_lines = 100}, workers);
    CHECK(std::abs(estimate.value - image.volume) <= 5.0 * estimate.standard_error);
    CHECK(estimate.lower_bound <= image.volume * (1.0 + 1e-12));
  }
}

TEST_CASE("upper images of random programs hold what many points of the front dominate") {
  Workers workers(1);
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const LinearForm form = random_form(6, 4, 3, seed);
    const PayoffTable payoff = payoff_table(form);
    std::vector<double> upper = payoff.nadir;
    double box = 1.0;
    for (std::size_t k = 0; k < 3; ++k) {
      upper[k] += 0.1 * payoff.range()[k];
      box *= upper[k] - payoff.ideal[k];
    }
    const UpperImage image = upper_image(form, payoff.ideal, upper, {}, workers);
    REQUIRE(image.complete);
    const FrontVolume estimate = estimate_front_volume(form, payoff.ideal, upper, {}, workers);
    CHECK(std::abs(estimate.value - image.volume) <= 5.0 * estimate.standard_error);
    CHECK(estimate.lower_bound <= image.volume * (1.0 + 1e-12));
    // The corners alone dominate less than the front between them.
    CHECK(hypervolume(image.corners, upper, workers) <= image.volume);
    CHECK(image.volume < box);
  }
}

TEST_CASE("the whole front of Pingliang, exactly and by samples") {
  const double share[4] = {0.427999, 0.417621, 0.408647, 0.413450};
  const UrbanCase urban = load_urban_case("pingliang");
  Workers one(1);
  Workers three(3);
  for (std::size_t t = 0; t < 4; ++t) {
    const LinearForm form = *make_urban_problem(urban, {.scenario = urban.scenarios[t]}).linear_form();
    const Box box(t);
    const UpperImage image = upper_image(form, box.lower, box.upper, {}, one);
    REQUIRE(image.complete);
    CHECK(image.volume / box.volume == Approx(share[t]).margin(2e-6));
    const FrontVolume estimate = estimate_front_volume(form, box.lower, box.upper, {.standard_error = 1e-3}, one);
    CHECK(std::abs(estimate.value - image.volume) <= 5.0 * estimate.standard_error);
    CHECK(estimate.standard_error <= 1e-3 * box.volume);
    if (t > 0) continue;
    const UpperImage other = upper_image(form, box.lower, box.upper, {}, three);
    CHECK(std::memcmp(&image.volume, &other.volume, sizeof(double)) == 0);
    const FrontVolume again = estimate_front_volume(form, box.lower, box.upper, {.standard_error = 1e-3}, three);
    CHECK(std::memcmp(&estimate.value, &again.value, sizeof(double)) == 0);
    CHECK(estimate.programs == again.programs);
  }
}

TEST_CASE("a front with too many corners and wrong boxes are told apart") {
  Workers workers(1);
  const LinearForm form = simplex_form(3);
  const std::vector<double> lower(3, 0.0);
  const std::vector<double> upper(3, 2.0);
  const UpperImage image = upper_image(form, lower, upper, {.most_corners = 8}, workers);
  CHECK_FALSE(image.complete);
  CHECK(image.volume == 0.0);
  CHECK(image.corners.rows() == 0);
  CHECK(upper_image(form, lower, upper, {.volume = false}, workers).volume == 0.0);
  CHECK_THROWS_AS(upper_image(form, upper, lower, {}, workers), std::invalid_argument);
  CHECK_THROWS_AS(upper_image(form, lower, upper, {.tolerance = 0.0}, workers), std::invalid_argument);
  CHECK_THROWS_AS(estimate_front_volume(form, upper, lower, {}, workers), std::invalid_argument);
  CHECK_THROWS_AS(estimate_front_volume(form, lower, upper, {.standard_error = 0.0}, workers), std::invalid_argument);
  CHECK_THROWS_AS(estimate_front_volume(form, lower, upper, {.most_samples = 0}, workers), std::invalid_argument);
  // A box below the front: nothing of it is attained.
  const std::vector<double> low(3, 0.3);
  CHECK(upper_image(form, lower, low, {}, workers).volume == 0.0);
  CHECK(estimate_front_volume(form, lower, low, {.standard_error = 1e-2}, workers).value == 0.0);
}

}  // namespace millrace
