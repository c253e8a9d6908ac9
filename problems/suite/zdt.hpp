#pragma once

#include <cstddef>

#include "engine/problem/problem.hpp"

namespace millrace {

/// ZDT1 to 4 and 6 of Zitzler, Deb and Thiele (2000), DOI 10.1162/106365600568202: two objectives, d >= 2 variables in
/// [0, 1] (ZDT4: x2 .. xd in [-5, 5]). ZDT5 counts the ones of bit strings, which this engine's real variables could
/// only imitate by rounding, so it is left out. O(d) a lane, no allocation.
class Zdt {
 public:
  /// Throws std::invalid_argument where `number` is 5 or variables < 2.
  Zdt(std::string name, int number, std::size_t variables);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

  /// d of the paper: 30 for ZDT1 to 3, 10 for ZDT4 and 6.
  static std::size_t default_variables(int number) { return number <= 3 ? 30 : 10; }

 private:
  void distance(const Tile& tile, double* g) const;

  ProblemSpec spec_;
  int number_;
};

}  // namespace millrace
