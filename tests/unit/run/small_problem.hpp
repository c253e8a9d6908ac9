#pragma once

#include <limits>
#include <span>

#include "engine/problem/problem.hpp"

namespace millrace::testing {

/// Minimise x1 and 1 - x1 + x2 over the unit square: the front is x2 = 0. Individuals with x1 < failing are not finite.
struct SmallProblem {
  ProblemSpec problem_spec;
  double failing = 0.0;

  explicit SmallProblem(double failing_share = 0.0) : failing(failing_share) {
    problem_spec.name = "small";
    problem_spec.bounds = Bounds(2);
    problem_spec.objectives = {{"first", "t", Sense::minimise}, {"second", "m3", Sense::minimise}};
    problem_spec.reference_ideal = {0.0, 0.0};
    problem_spec.reference_nadir = {1.0, 1.0};
  }
  const ProblemSpec& spec() const { return problem_spec; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double x = tile.column(0)[lane];
      outcome.objective(0)[lane] = x < failing ? std::numeric_limits<double>::quiet_NaN() : x;
      outcome.objective(1)[lane] = 1.0 - x + tile.column(1)[lane];
    }
  }
};

/// A population of the given objectives (one span of m values an individual); x holds the index of the individual.
template <std::size_t m>
Population population_of(std::span<const std::array<double, m>> objectives, std::size_t constraints = 0) {
  Population pool(objectives.size(), {1, m, constraints});
  for (Slot i = 0; i < objectives.size(); ++i) {
    pool.x.row(i)[0] = i;
    for (std::size_t k = 0; k < m; ++k) pool.f(i, k) = objectives[i][k];
  }
  return pool;
}

}  // namespace millrace::testing
