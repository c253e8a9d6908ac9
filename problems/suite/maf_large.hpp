#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/problem/problem.hpp"

namespace millrace {

/// MaF14 and MaF15 of Cheng et al. (2017), DOI 10.1007/s40747-017-0039-7: LSMOP3 and the inverted LSMOP8 of Cheng, Jin,
/// Olhofer and Sendhoff (2017), DOI 10.1109/TCYB.2016.2600577, with two subcomponents an objective. M >= 2 objectives;
/// M - 1 position variables in [0, 1], then distance variables in [0, 10]; by default d = 20 M.
///
/// Every distance variable x_j (from 1) is linked to the first position: MaF14 (1 + j / d) x_j - 10 x_1, MaF15
/// (1 + cos(pi j / 2 d)) x_j - 10 x_1. Objective i has two groups of floor(s_i (d - M + 1) / 2) of them that follow each
/// other, where s_i are the shares of the logistic map c <- 3.8 c (1 - c) from 0.1; the variables that rounding down
/// leaves over at the end play no part. G_i is the sum over both groups of a function, a variable: MaF14 Rastrigin (odd
/// i) and Rosenbrock (even i), MaF15 Griewank and the sphere. With s on the unit simplex and sphere:
///   MaF14  (1 + G_i) s_i
///   MaF15  (1 + G_i + G_{i+1}) (1 - s_i), G_{M+1} = 0
/// The group sizes and the j / d are those of the competition at CEC 2018. Where j < d / 10, the optimum (1 + 10 x_1) /
/// (1 + j / d) of a Rosenbrock variable lies beyond its bound near x_1 = 1, which M >= 14 has by default. O(d + M) a
/// lane. Needs d columns of scratch.
class MafLarge {
 public:
  /// Throws std::invalid_argument where `number` is not 14 or 15, objectives < 2, or a group would be empty.
  MafLarge(std::string name, int number, std::size_t objectives, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

  /// Variables of each of the two groups of every objective. A size is 0 where `variables` are too few.
  static std::vector<std::size_t> group_sizes(std::size_t objectives, std::size_t variables);

 private:
  void link(const Tile& tile, double* linked) const;
  void distance(std::size_t objective, const double* group, double* g) const;

  ProblemSpec spec_;
  int number_;
  std::size_t positions_;
  std::vector<std::size_t> sizes_;
};

}  // namespace millrace
