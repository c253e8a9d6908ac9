#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

struct BalancedChoice {
  /// Largest normalised objective of each solution.
  std::vector<double> largest;
  Slot chosen = 0;
  /// The one that is largest in the chosen solution; none where no objective varies.
  std::optional<std::size_t> objective;
};

/// The balanced scheme: the least largest distance from the ideal over the objectives (Tchebycheff with equal weights;
/// Bowman 1976, DOI 10.1007/978-3-642-87563-2_5), ties to the smaller sum, then to the lower index. What a run's
/// summary calls balanced. O(n m).
BalancedChoice most_balanced(const ScaledFront& front);

}  // namespace millrace
