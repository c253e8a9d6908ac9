#pragma once

#include <cstddef>
#include <string>

#include "engine/problem/problem.hpp"

namespace millrace {

/// MaF1, 2, 4 and 6 of Cheng, Li, Tian, Zhang, Yang, Jin and Yao (2017), DOI 10.1007/s40747-017-0039-7: DTLZ problems
/// whose fronts are turned round, cut out or degenerate. Any M >= 2 objectives and d >= M variables in [0, 1]; by
/// default d = M + 9. With s the point of the unit simplex (MaF1) or sphere that the M - 1 position variables unfold to:
///   MaF1  (1 + g) (1 - s_i): no corner of the front is the optimum of a single objective
///   MaF2  (1 + g_i) s_i with angles pi/2 (x/2 + 1/4): a piece of the sphere; objective i has distance variables of its
///         own, floor((d - M + 1) / M) of them (0 where M is large), the last one those that remain
///   MaF4  (1 + g) (1 - s_i) 2^i with the g of DTLZ3: multimodal, inverted and of different size
///   MaF6  (1 + 100 g) s_i, all angles but the first drawn to pi/4 as in DTLZ5: the front is a curve for any M
/// Of the others of this kind MaF3 is the convex DTLZ3, MaF5 is DTLZ4 with objective i multiplied by 2^(M + 1 - i), and
/// MaF7 is DTLZ7: they are made of Dtlz. O(d + M) a lane, no allocation.
class MafDtlz {
 public:
  /// Throws std::invalid_argument where `number` is not 1, 2, 4 or 6, objectives < 2 or variables < objectives.
  MafDtlz(std::string name, int number, std::size_t objectives, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

 private:
  void unfold(const Tile& tile, const double* g, double* radius, Outcome& outcome) const;
  void turn_round(const double* radius, Outcome& outcome) const;
  void stretch_each(const Tile& tile, Outcome& outcome) const;

  ProblemSpec spec_;
  int number_;
  std::size_t positions_;
};

}  // namespace millrace
