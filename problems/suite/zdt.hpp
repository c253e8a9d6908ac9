#pragma once

#include <cstddef>

#include "engine/problem/problem.hpp"

namespace millrace {

/// ZDT1 to 6 of Zitzler, Deb and Thiele (2000), DOI 10.1162/106365600568202: two objectives, d >= 2 variables in [0, 1]
/// (ZDT4: x2 .. xd in [-5, 5]). Those of ZDT5 are bits: a string of 30, then strings of 5, of which only the number of
/// ones counts. O(d) a lane, no allocation.
class Zdt {
 public:
  /// Throws std::invalid_argument where `number` is not 1 to 6, and where variables < 2 or, of ZDT5, not 30 + 5 k with
  /// k >= 1.
  Zdt(std::string name, int number, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

  /// d of the paper: 30 for ZDT1 to 3, 10 for ZDT4 and 6, 80 for ZDT5.
  static std::size_t default_variables(int number) { return number <= 3 ? 30 : number == 5 ? 80 : 10; }

 private:
  void evaluate_bits(const Tile& tile, Outcome& outcome) const;
  void distance(const Tile& tile, double* g) const;

  ProblemSpec spec_;
  int number_;
};

}  // namespace millrace
