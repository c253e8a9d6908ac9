#include "engine/exact/front_share.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "engine/exact/reference_front.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "tests/unit/exact/small_forms.hpp"

using namespace millrace;

namespace {

/// A simplex with one objective more, which is 3 everywhere.
LinearForm simplex_with_constant(std::size_t m) {
  LinearForm form = simplex_form(m);
  form.close_objective(3.0);
  return form;
}

double simplex_share(std::size_t m) {
  double factorial = 1.0;
  for (std::size_t k = 2; k <= m; ++k) factorial *= static_cast<double>(k);
  return 1.0 - 1.0 / factorial / std::pow(1.1, static_cast<double>(m));
}

}  // namespace

TEST_CASE("the share of a simplex is that of its formula") {
  Workers workers(1);
  for (const std::size_t m : {2u, 3u, 4u}) {
    const LinearForm form = simplex_form(m);
    const std::vector<double> ideal(m, 0.0);
    const std::vector<double> nadir(m, 1.0);
    const FrontShare share = front_share(form, payoff_table(form), ideal, nadir, {}, workers);
    CHECK(share.exact);
    CHECK(share.corners == m);
    CHECK(share.value == Approx(simplex_share(m)).epsilon(1e-9));
  }
}

TEST_CASE("where corners are too many or the objectives are, an estimate says so and agrees") {
  Workers workers(1);
  const LinearForm form = simplex_form(3);
  const std::vector<double> ideal(3, 0.0);
  const std::vector<double> nadir(3, 1.0);
  for (const FrontShareOptions& options :
       {FrontShareOptions{.most_objectives = 2}, FrontShareOptions{.corners = {.most_corners = 2}}}) {
    const FrontShare share = front_share(form, payoff_table(form), ideal, nadir, options, workers);
    CHECK_FALSE(share.exact);
    CHECK(share.standard_error > 0.0);
    CHECK(std::abs(share.value - simplex_share(3)) <= 5.0 * share.standard_error);
  }
}

TEST_CASE("an objective of one value takes its own share of the box, and no more") {
  Workers workers(1);
  const LinearForm form = simplex_with_constant(2);
  const PayoffTable payoff = payoff_table(form);
  const auto share = [&](double ideal, double nadir) {
    return front_share(form, payoff, std::vector<double>{0.0, 0.0, ideal}, std::vector<double>{1.0, 1.0, nadir}, {},
                       workers)
        .value;
  };
  CHECK(share(3.0, 4.0) == Approx(simplex_share(2)).epsilon(1e-9));
  CHECK(share(2.0, 4.0) == Approx(simplex_share(2) * (1.0 - 1.0 / 2.2)).epsilon(1e-9));
  CHECK(share(0.0, 1.0) == 0.0);
}

TEST_CASE("where nothing varies the share is the whole box") {
  Workers workers(1);
  const LinearForm form = simplex_with_constant(1);
  const FrontShare share =
      front_share(form, payoff_table(form), std::vector<double>{1.0, 3.0}, std::vector<double>{2.0, 4.0}, {}, workers);
  CHECK(share.value == 1.0);
}

TEST_CASE("shares of random fronts are above those of their points and alike for any number of threads") {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    Workers one(1);
    Workers three(3);
    const LinearForm form = random_form(6, 4, 3, seed);
    const PayoffTable payoff = payoff_table(form);
    const FrontShare share = front_share(form, payoff, payoff.ideal, payoff.nadir, {}, one);
    CHECK(share.value == front_share(form, payoff, payoff.ideal, payoff.nadir, {}, three).value);
    const ReferenceFront points = reference_front(form, payoff, payoff.nadir, {.size = 200}, one);
    std::vector<double> reference(3);
    double box = 1.0;
    for (std::size_t k = 0; k < 3; ++k) {
      reference[k] = payoff.ideal[k] + 1.1 * (payoff.nadir[k] - payoff.ideal[k]);
      box *= reference[k] - payoff.ideal[k];
    }
    const double of_points = hypervolume(points.objectives, reference, one) / box;
    CHECK(of_points <= share.value * (1.0 + 1e-9));
    CHECK(of_points > 0.9 * share.value);
  }
}

TEST_CASE("a share refuses what does not fit, with a sentence") {
  Workers workers(1);
  const LinearForm form = simplex_form(2);
  const std::vector<double> zero(2, 0.0);
  const std::vector<double> one(2, 1.0);
  CHECK_FALSE(FrontShareOptions{.reference_point = 0.0}.error().empty());
  CHECK_THROWS_AS(front_share(form, payoff_table(form), zero, one, {.reference_point = -1.0}, workers),
                  std::invalid_argument);
  CHECK_THROWS_AS(front_share(form, payoff_table(form), zero, zero, {}, workers), std::invalid_argument);
}
