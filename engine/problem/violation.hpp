#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/data/tile.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// The one definition of constraint violation: 0 where g is within tolerance, otherwise its excess as a share of scale.
inline double violation_of(const ConstraintSpec& constraint, double g) {
  return std::max(0.0, g / constraint.scale - constraint.tolerance);
}

/// Total violation of every lane of a tile, constraints added in their order.
inline void total_violation(std::span<const ConstraintSpec> constraints, const Outcome& outcome,
                            std::span<double, kLanes> total) {
  std::fill(total.begin(), total.end(), 0.0);
  for (std::size_t c = 0; c < constraints.size(); ++c) {
    const double* g = outcome.constraint(c);
    // Most constraints hold in most tiles, and the division is what costs.
    bool broken = false;
    for (std::size_t lane = 0; lane < kLanes; ++lane) broken |= !(g[lane] <= 0.0);
    if (!broken) continue;
    for (std::size_t lane = 0; lane < kLanes; ++lane) total[lane] += violation_of(constraints[c], g[lane]);
  }
}

}  // namespace millrace
