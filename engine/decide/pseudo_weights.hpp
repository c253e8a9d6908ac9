#pragma once

#include <span>
#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

struct PseudoWeightChoice {
  /// The wanted weights, with sum 1 over the objectives that vary.
  std::vector<double> wanted;
  /// Of each solution (n x m).
  Columns pseudo_weights;
  /// Euclidean distance of each solution's from the wanted ones.
  std::vector<double> distance;
  Slot chosen = 0;
};

/// The solution whose pseudo-weights are nearest to the wanted weights; ties to the lower index. Pseudo-weights say how
/// a solution divides its gain over the worst corner among the objectives: (worst_k - y_ik) / sum_l (worst_l - y_il)
/// (Deb 2001, Multi-Objective Optimization Using Evolutionary Algorithms, Wiley, section 8.3). They are 0 for an
/// objective that does not vary, and all 0 for a solution at the worst corner.
///
/// They see the direction of a solution from the worst corner and not how far it is: `front` should be mutually
/// non-dominated. `weights` as given_weights takes them, and it throws as that. O(n m).
PseudoWeightChoice nearest_pseudo_weights(const ScaledFront& front, std::span<const double> weights);

}  // namespace millrace
