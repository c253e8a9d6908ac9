#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "problems/park/park_design.hpp"

namespace millrace {

struct PolishOptions {
  /// Steps of a descent, two linear programs each.
  std::size_t steps = 30;
  /// First share of their range that concentrations may move by.
  double first_change = 0.3;
  /// A descent ends where less than this is allowed.
  double least_change = 1e-4;
  /// Relative gain of a step below which it counts as none.
  double least_gain = 1e-7;
  /// Descents, each with the shares of units with models as the last one left them.
  std::size_t rounds = 6;
};

struct PolishedDesign {
  /// Whether `decision` was replaced by one of no more violation.
  bool moved = false;
  std::size_t programs = 0;
};

/// Descends from a decision to a local optimum: minimises one objective, the others at most `limits` (infinite where
/// there is none), by sequential linear programming in flows and concentrations, and writes it back as a decision.
///
/// Each step linearises flow times concentration within a trust region, then solves the exact program at the moved
/// concentrations, so that every accepted point is feasible. After Palacios-Gomez, Lasdon and Engquist 1982,
/// doi:10.1287/mnsc.28.10.1106. Differs from the paper: the restoration is the linear program LP(c), which is feasible
/// by construction. Charges for open links are not seen. Deterministic; allocates.
PolishedDesign polish_decision(const ParkSystem& system, std::span<double> decision, std::size_t objective,
                               std::span<const double> limits, const PolishOptions& options = {});

}  // namespace millrace
