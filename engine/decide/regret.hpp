#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

struct RegretChoice {
  /// Of each scheme in each scenario (n x scenarios): the largest of its objectives.
  Columns regret;
  /// Of each scheme, in its worst scenario.
  std::vector<double> largest;
  Slot chosen = 0;
  /// Where the chosen scheme regrets most.
  std::size_t scenario = 0;
  std::size_t objective = 0;
};

/// The scheme of least largest regret over scenarios that nobody can give a probability (Savage 1951,
/// DOI 10.1080/01621459.1951.10500768). `scenarios` holds the objectives of the same n schemes in each scenario (n x m,
/// minimised, rows in the same order). The regret of an objective is its distance from the best that any scheme has in
/// that scenario, as a share of its range over the schemes there: 0 for the best and 1 for the worst. An objective that
/// is the same for all in a scenario is no ground for regret. Ties to the smaller sum of all regrets, then to the lower
/// index. O(n m scenarios).
///
/// Differs from the paper: one loss a scenario is made of several objectives by their largest regret.
///
/// Throws std::invalid_argument where there is no scenario, one differs from the first in n or m, and as ScaledFront.
RegretChoice minimax_regret(std::span<const Columns> scenarios);

}  // namespace millrace
