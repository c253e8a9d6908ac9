#pragma once

#include <cstddef>
#include <string>

#include "engine/problem/problem.hpp"

namespace millrace {

/// MaF13 of Cheng et al. (2017), DOI 10.1007/s40747-017-0039-7, which is PF7: M >= 3 objectives, d >= 5 variables (5 by
/// default), x1 and x2 in [0, 1], the others in [-2, 2]. The optima bend through space, y_j = x_j - 2 x2 sin(2 pi x1 +
/// j pi / d) = 0 for j >= 3. The first three objectives are a point of the unit sphere and twice the mean y_j^2 over
/// every third j (from 4, from 5, from 3); all others are f1^2 + f2^10 + f3^10 and twice the mean y_j^2 over j >= 4, so
/// that the front is a surface for any M. O(d + M) a lane, no allocation.
class MafPf7 {
 public:
  /// Throws std::invalid_argument where objectives < 3 or variables < 5.
  MafPf7(std::string name, std::size_t objectives, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

 private:
  ProblemSpec spec_;
};

}  // namespace millrace
