#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/problem/problem.hpp"

namespace millrace {

/// Evaluates every row of a population through tiles of 64 lanes, without the evaluator's bookkeeping.
inline void evaluate_rows(const AnyProblem& problem, Population& pool) {
  const Shape shape = problem.spec().shape();
  Tile tile(shape.variables);
  Outcome outcome(shape.objectives, shape.constraints);
  Scratch scratch;
  std::vector<Slot> slots(pool.size());
  std::iota(slots.begin(), slots.end(), Slot{0});
  for (std::size_t begin = 0; begin < slots.size(); begin += kLanes) {
    const std::size_t count = std::min(kLanes, slots.size() - begin);
    tile.gather(pool.x, std::span(slots).subspan(begin, count));
    problem.evaluate(tile, outcome, scratch);
    for (std::size_t lane = 0; lane < count; ++lane) {
      for (std::size_t k = 0; k < shape.objectives; ++k) pool.f(begin + lane, k) = outcome.objective(k)[lane];
      for (std::size_t c = 0; c < shape.constraints; ++c) pool.g(begin + lane, c) = outcome.constraint(c)[lane];
    }
  }
}

/// `count` rows drawn uniformly within the bounds by a small congruential generator.
inline Population random_rows(const AnyProblem& problem, std::size_t count, std::uint64_t seed) {
  Population pool(count, problem.spec().shape());
  const Bounds& bounds = problem.spec().bounds;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < bounds.variables(); ++j) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      const double share = static_cast<double>(seed >> 11) * 0x1p-53;
      pool.x.row(i)[j] = bounds.lower(j) + share * (bounds.upper(j) - bounds.lower(j));
    }
  return pool;
}

}  // namespace millrace
