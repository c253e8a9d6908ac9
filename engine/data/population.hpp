#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"

namespace millrace {

/// Index of an individual in its population: survivors, parents and niches are lists of these.
using Slot = std::uint32_t;

/// Violation of an individual whose evaluation failed or was not finite: worse than every real one.
inline constexpr double kFailedViolation = std::numeric_limits<double>::infinity();

/// Number of variables, objectives and constraints of a problem.
struct Shape {
  std::size_t variables = 0;
  std::size_t objectives = 0;
  std::size_t constraints = 0;
  bool operator==(const Shape&) const = default;
};

/// A pool of individuals: decisions as rows; objectives (always minimised), constraints (g <= 0 is satisfied) and the
/// total violation as columns. Individuals carry no attributes: what an algorithm needs to know of them it keeps
/// itself.
///
/// Algorithms keep parents and offspring in one pool of 2N slots, so that survival moves no row.
struct Population {
  Population() = default;
  Population(std::size_t slots, Shape shape)
      : x(slots, shape.variables), f(slots, shape.objectives), g(slots, shape.constraints),
        violation(round_up(slots, 64), 0.0) {}

  std::size_t size() const { return x.rows(); }
  Shape shape() const { return {x.variables(), f.columns(), g.columns()}; }
  bool feasible(Slot i) const { return violation[i] == 0.0; }
  bool failed(Slot i) const { return violation[i] == kFailedViolation; }

  DecisionRows x;
  Columns f;
  Columns g;
  /// 0 for a feasible individual, the normalised total otherwise, infinity where the evaluation failed.
  AlignedVector<double> violation;
};

/// Copies one individual, decisions and results, from `source[from]` to `target[to]`; shapes must be equal.
inline void copy_individual(const Population& source, Slot from, Population& target, Slot to) {
  const double* row = source.x.row_data(from);
  std::copy(row, row + source.x.stride(), target.x.row_data(to));
  for (std::size_t k = 0; k < source.f.columns(); ++k) target.f(to, k) = source.f(from, k);
  for (std::size_t c = 0; c < source.g.columns(); ++c) target.g(to, c) = source.g(from, c);
  target.violation[to] = source.violation[from];
}

/// The individuals of `pool` at `slots`, in that order, as a population of their own.
Population extract(const Population& pool, std::span<const Slot> slots);

}  // namespace millrace
