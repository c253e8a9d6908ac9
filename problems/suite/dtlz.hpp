#pragma once

#include <cstddef>
#include <vector>

#include "engine/problem/problem.hpp"

namespace millrace {

/// What varies between the members of the DTLZ family.
struct DtlzVariant {
  /// 1 to 7, as in the paper.
  int number = 2;
  /// f_i^4 for i < M and f_M^2 instead of f: the convex DTLZ2 of Deb and Jain (2014).
  bool convex = false;
  /// Objective i (from 0) is multiplied by scale_first scale_base^i: scale_base alone makes the scaled DTLZ1 and DTLZ2
  /// of Deb and Jain (2014), both MaF5.
  double scale_first = 1.0;
  double scale_base = 1.0;
};

/// DTLZ1 to DTLZ7 of Deb, Thiele, Laumanns and Zitzler (2005), DOI 10.1007/1-84628-137-7_6, for any M >= 2 objectives
/// and d >= M variables in [0, 1]: M - 1 position variables, then k = d - M + 1 distance variables. The convex and the
/// scaled forms are those of Deb and Jain (2014), DOI 10.1109/TEVC.2013.2281535.
///
/// DTLZ6 is the one with g = sum x^0.1 and DTLZ7 the disconnected one, as in the book chapter (the conference paper of
/// 2002 counts otherwise). O(d + M) a lane, no allocation.
/// Differs from the paper: x^100 of DTLZ4 is eight multiplications, within 1e-13 of pow.
class Dtlz {
 public:
  /// Throws std::invalid_argument where objectives < 2 or variables < objectives.
  Dtlz(std::string name, DtlzVariant variant, std::size_t objectives, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

  /// k of the paper for problem 1 to 7: d = M - 1 + k.
  static std::size_t default_distance_variables(int number) { return number == 1 ? 5 : number == 7 ? 20 : 10; }

 private:
  void power_distance(const Tile& tile, double* g) const;
  void linear_front(const Tile& tile, double* g, Outcome& outcome) const;
  void sphere_front(const Tile& tile, double* g, Outcome& outcome) const;
  void disconnected_front(const Tile& tile, Outcome& outcome) const;
  void transform_objectives(Outcome& outcome) const;

  ProblemSpec spec_;
  DtlzVariant variant_;
  std::size_t positions_ = 0;
  /// Factor of each objective; empty where they are all 1.
  std::vector<double> scale_;
};

/// Base of the scale factors of Deb and Jain (2014) for scaled DTLZ1 or DTLZ2: 10 up to 5 objectives, 3 up to 8, 2 (1)
/// or 3 (2) up to 10, 1.2 (1) or 2 (2) above. The paper gives M = 3, 5, 8, 10, 15; the ranges in between are ours.
double dtlz_scale_base(int number, std::size_t objectives);

}  // namespace millrace
