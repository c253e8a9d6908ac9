#include "engine/algorithm/shade.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "engine/algorithm/catalogue.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/algorithms_for.hpp"

namespace millrace {
namespace {

/// Rastrigin's function: one global optimum among 11^d local ones, or with a slope only: a bowl.
struct Landscape {
  explicit Landscape(std::size_t variables, double ripples) : ripple(ripples) {
    problem_spec.name = "landscape";
    problem_spec.bounds = Bounds(variables, -5.12, 5.12);
    problem_spec.objectives = {{"height", "", Sense::minimise}};
    problem_spec.constraints = {{"left of 4", "", 1.0, 0.0}};
  }
  const ProblemSpec& spec() const { return problem_spec; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      double sum = 0.0;
      for (std::size_t j = 0; j < problem_spec.bounds.variables(); ++j) {
        const double x = tile.column(j)[lane];
        sum += x * x + ripple * (1.0 - std::cos(2.0 * std::numbers::pi * x));
      }
      outcome.objective(0)[lane] = sum;
      outcome.constraint(0)[lane] = tile.column(0)[lane] - 4.0;
    }
  }
  double ripple;
  ProblemSpec problem_spec;
};

double best_after(const AnyProblem& problem, std::uint64_t seed, int generations, std::size_t population) {
  Workers workers(1);
  Evaluator evaluator(problem, workers);
  Shade shade({problem.spec(), seed, workers}, {.population = population});
  double least = std::numeric_limits<double>::infinity();
  for (int g = 0; g < generations; ++g) {
    const Batch batch = shade.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    shade.tell();
    double now = std::numeric_limits<double>::infinity();
    for (const Slot i : shade.survivors())
      if (shade.pool().feasible(i)) now = std::min(now, shade.pool().f(i, 0));
    // Restarts included, the best is never lost.
    REQUIRE(now <= least);
    REQUIRE(std::set<Slot>(shade.survivors().begin(), shade.survivors().end()).size() == population);
    least = now;
  }
  return least;
}

}  // namespace

TEST_CASE("shade runs down a bowl to the last digits") {
  const AnyProblem bowl{Landscape(10, 0.0)};
  for (std::uint64_t seed = 1; seed <= 5; ++seed) CHECK(best_after(bowl, seed, 300, 40) < 1e-8);
}

TEST_CASE("shade leaves local optima, by starting again where a small population has come together") {
  const AnyProblem ripples{Landscape(3, 10.0)};
  int found = 0;
  int found_early = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    found += best_after(ripples, seed, 1500, 8) < 1e-6;
    found_early += best_after(ripples, seed, 100, 8) < 1e-6;
  }
  CHECK(found == 10);
  CHECK(found_early < 10);
}

TEST_CASE("shade takes one objective and says so") {
  Workers workers(1);
  const AnyProblem two = make_suite_problem("zdt1");
  CHECK_THROWS_AS(Shade({two.spec(), 1, workers}, {}), std::invalid_argument);
  CHECK(testing::algorithms_for(1).size() == testing::algorithms_for(2).size() + 1);
}

}  // namespace millrace
