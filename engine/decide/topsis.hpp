#pragma once

#include <span>
#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

struct TopsisChoice {
  /// As they were used: see weights.hpp.
  std::vector<double> weights;
  /// Of each solution, 0 at the worst corner and 1 at the best.
  std::vector<double> closeness;
  /// Best first; equal closeness by index.
  std::vector<Slot> ranking;
  Slot chosen() const { return ranking.front(); }
};

/// TOPSIS (Hwang and Yoon 1981, DOI 10.1007/978-3-642-48318-9): with d+ and d- the Euclidean distances of the weighted
/// objectives from the best and from the worst corner (ScaledFront::best, worst), closeness is d- / (d+ + d-). Where
/// nothing is to be weighed every closeness is 1.
///
/// Differs from the book: objectives are divided by their range and not by the length of their column, since the latter
/// makes the choice depend on where the zero of a unit lies (Opricovic and Tzeng 2004,
/// DOI 10.1016/S0377-2217(03)00020-1).
///
/// `weights` as given_weights takes them, and it throws as that. O(n m + n log n).
TopsisChoice topsis(const ScaledFront& front, std::span<const double> weights);

}  // namespace millrace
