#include "engine/exact/front_projector.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>

#include "engine/exact/dual_bound.hpp"
#include "engine/exact/payoff.hpp"
#include "tests/reference/linear_program.hpp"
#include "tests/unit/exact/small_forms.hpp"

namespace millrace {
namespace {

/// Least t with f(x) <= from + t * direction * range, from all vertices.
double distance_by_enumeration(const LinearForm& form, std::span<const double> range, std::span<const double> from,
                               std::span<const double> direction) {
  LinearProgram program = LinearProgram::from(form);
  const std::size_t t = program.add_column(-kNoBound, kNoBound);
  program.cost[t] = 1.0;
  for (std::size_t k = 0; k < form.objectives(); ++k) {
    for (std::size_t j = 0; j < t; ++j) program.rows.put(j, form.objective_terms.coefficients(k)[j]);
    program.rows.put(t, -direction[k] * range[k]);
    program.close_row(-kNoBound, from[k] - form.objective_constants[k]);
  }
  return reference::least_over_vertices(program);
}

}  // namespace

TEST_CASE("distances are those of the best vertex, warm or cold, in every direction") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const LinearForm form = random_form(3, 2, 3, seed);
    const PayoffTable payoff = payoff_table(form);
    const std::vector<double> range = payoff.range();
    RowDraws draws({seed, 2, Stage::problem}, 0);
    FrontProjector projector(form, range, Improvement::afterwards);
    for (int line = 0; line < 6; ++line) {
      std::vector<double> from;
      std::vector<double> direction;
      for (std::size_t k = 0; k < 3; ++k) {
        from.push_back(payoff.ideal[k] + range[k] * (1.5 * draws.next_double() - 0.2));
        // Every other line goes along (1, 1, 1), and some objectives are only held.
        direction.push_back(line % 2 == 0 ? 1.0 : k == 1 && line == 3 ? 0.0 : 0.2 + draws.next_double());
      }
      if (direction[1] == 0.0) from[1] = payoff.nadir[1];
      const double expected = distance_by_enumeration(form, range, from, direction);
      const Projection& met = projector.project(from, direction);
      CHECK(met.distance == Approx(expected).margin(1e-8));
      CHECK(met.distance_bound == Approx(expected).margin(1e-8));
      for (std::size_t k = 0; k < 3; ++k)
        CHECK(met.objectives[k] <= from[k] + met.distance * direction[k] * range[k] + 1e-8);
      for (std::size_t k = 0; k < 3; ++k) CHECK(form.objective(k, met.decisions) == Approx(met.objectives[k]));
    }
  }
}

TEST_CASE("every way of improving meets the simplex, and only one leaves objectives worse than they need be") {
  const LinearForm form = simplex_form(3);
  const std::vector<double> range = {1.0, 1.0, 1.0};
  const std::vector<double> centre = {1.0 / 3, 1.0 / 3, 1.0 / 3};
  for (const Improvement improvement : {Improvement::none, Improvement::together, Improvement::afterwards}) {
    FrontProjector projector(form, range, improvement);
    const Projection& met = projector.project(std::vector<double>{0.9, 0.9, 0.9});
    CHECK(met.distance == Approx(-17.0 / 30));
    for (std::size_t k = 0; k < 3; ++k) CHECK(met.objectives[k] == Approx(centre[k]));
    CHECK(met.weights[0] == Approx(met.weights[2]));
    // A line that leaves the front at its rim: x3 <= 2 binds nothing.
    const Projection& rim = projector.project(std::vector<double>{0.0, 0.5, 2.0});
    const double sum = rim.objectives[0] + rim.objectives[1] + rim.objectives[2];
    if (improvement != Improvement::none) CHECK(sum == Approx(1.0));
    CHECK(sum >= 1.0 - 1e-9);
  }
}

TEST_CASE("an objective of range 0 is held and not divided by") {
  LinearForm form = simplex_form(2);
  form.close_objective(7.0);
  FrontProjector projector(form, std::vector<double>{1.0, 1.0, 0.0}, Improvement::afterwards);
  const Projection& met = projector.project(std::vector<double>{1.0, 1.0, 7.0});
  CHECK(met.distance == Approx(-0.5));
  CHECK(met.objectives[2] == 7.0);
  // Held where nothing attains it: no solution.
  CHECK_THROWS_WITH(projector.project(std::vector<double>{1.0, 1.0, 6.0}), Catch::Contains("infeasible"));
  CHECK(projector.project(std::vector<double>{0.8, 1.0, 7.0}).distance == Approx(-0.4));
}

TEST_CASE("wrong ranges and starts are refused") {
  const LinearForm form = simplex_form(2);
  CHECK_THROWS_AS(FrontProjector(form, std::vector<double>{1.0}, Improvement::none), std::invalid_argument);
  CHECK_THROWS_AS(FrontProjector(form, std::vector<double>{1.0, -1.0}, Improvement::none), std::invalid_argument);
  CHECK_THROWS_AS(FrontProjector(form, std::vector<double>{1.0, std::nan("")}, Improvement::none),
                  std::invalid_argument);
  FrontProjector projector(form, std::vector<double>{1.0, 1.0}, Improvement::none);
  CHECK_THROWS_AS(projector.project(std::vector<double>{1.0, kNoBound}), std::invalid_argument);
  CHECK(projector.project(std::vector<double>{1.0, 1.0}).distance == Approx(-0.5));
}

TEST_CASE("the dual bound is true for any multipliers and sharp for the right ones") {
  const LinearForm form = simplex_form(2);
  std::vector<double> reduced;
  const std::vector<double> weights = {1.0, 2.0};
  const auto bound = [&](double multiplier) {
    return dual_bound(form, weights, std::vector<double>{multiplier}, reduced);
  };
  CHECK(bound(1.0) == Approx(1.0));
  for (const double multiplier : {-5.0, 0.0, 0.5, 1.5, 2.0, 40.0}) CHECK(bound(multiplier) <= 1.0 + 1e-12);
  LinearForm open = simplex_form(2);
  open.columns[0].upper = kNoBound;
  CHECK(dual_bound(open, weights, std::vector<double>{1.5}, reduced) == -kNoBound);
  CHECK(dual_bound(open, weights, std::vector<double>{1.0 + 1e-12}, reduced) == Approx(1.0));
}

}  // namespace millrace
