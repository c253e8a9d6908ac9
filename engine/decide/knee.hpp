#pragma once

#include <vector>

#include "engine/decide/scaled_front.hpp"

namespace millrace {

struct KneeChoice {
  /// Of each solution, on the ideal's side of the plane positive; in ranges of the objectives.
  std::vector<double> distance;
  Slot chosen = 0;
  /// What every other solution loses, in ranges of the objectives, for each one it gains over the knee: the least of all
  /// exchanges. At least 1, and infinite where no other gains anything.
  double least_exchange = 0.0;
  /// No solution lies on the ideal's side of the plane: the front has no knee, and the chosen one is nearest to it.
  bool none() const { return distance[chosen] <= 0.0; }
};

/// The knee: the solution farthest below the plane through the ends of the front, on the ideal's side (Das 1999,
/// DOI 10.1007/BF01195985). The plane is sum y = 1 over the objectives that vary: distance (1 - sum y) / sqrt(m). Ties to
/// the lower index. O(n m).
///
/// For two objectives in the front's own box this is the plane of the paper, through the best of each objective. Differs
/// from it for more: the plane goes through the box, 1 on each axis, and not through the best solution of each objective.
/// With many objectives two of them often share their best solution, and then no plane is defined, or it is so tilted
/// that the farthest point is dominated; this one always exists, and its knee is dominated by none. It also needs none
/// of the sampled utilities of Branke et al. 2004 (DOI 10.1007/978-3-540-30217-9_73), which on a concave front see the
/// ends alone, and its reason can be said: the knee has the greatest least exchange (Rachmawati and Srinivasan 2009,
/// DOI 10.1109/TEVC.2009.2017515), for no exchange with it pays.
KneeChoice knee(const ScaledFront& front);

}  // namespace millrace
