#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

/// Aspiration level of each objective, minimised, in its own unit; none where a person wants no particular one.
using AspirationLevels = std::vector<std::optional<double>>;

struct AchievementChoice {
  AspirationLevels levels;
  /// Of each solution, to be minimised.
  std::vector<double> achievement;
  Slot chosen = 0;
  /// Of the chosen solution: the objective farthest behind its level, and by how many ranges; negative where even that
  /// one is better than its level. None where no objective with a level varies.
  std::optional<std::size_t> farthest_behind;
  double shortfall = 0.0;
};

/// Share of the sum in the achievement: small enough not to move the maximum, large enough to decide between equal ones.
inline constexpr double kAugmentation = 1e-3;

/// The solution of least augmented achievement: max_k (y_ik - a_k) + 1e-3 sum_k (y_ik - a_k), with the levels a in units
/// of the box (Wierzbicki 1980, DOI 10.1007/978-3-642-48782-8_32). Levels may be out of reach or easily passed: the choice
/// is the solution that misses them least, or passes them most evenly, and is dominated by none. Ties to the lower index.
///
/// An objective without a level counts in the sum alone, from 0; one that does not vary, not at all. O(n m). Throws
/// std::invalid_argument where there is not one level or none an objective, no objective has a level, or one is not
/// finite or 1e100 ranges away.
AchievementChoice best_achievement(const ScaledFront& front, AspirationLevels levels);

}  // namespace millrace
