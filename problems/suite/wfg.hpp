#pragma once

#include <cstddef>

#include "engine/problem/problem.hpp"

namespace millrace {

/// WFG1 to WFG9 of Huband, Hingston, Barone and While (2006), DOI 10.1109/TEVC.2005.861417: k position and l distance
/// variables z_i in [0, 2 i], D = 1, S_m = 2 m, A = 1 (WFG3: A_1 = 1, the rest 0).
///
/// O(k + l) a lane; O(k^2 / M + l^2) for WFG6 and WFG9. Needs d + M columns of scratch.
/// Differs from the paper: nothing in value; results of transformations that rounding puts outside [0, 1] are clamped,
/// as in the toolkit. WFG1 takes the 50th root of the distance, which makes 0.48 of a rounding error of 1e-16: its
/// optimum is met exactly only where z_i / (2 i) is the double 0.35, as everywhere that computes in doubles.
class Wfg {
 public:
  /// Throws std::invalid_argument where objectives < 2, positions is not a multiple of objectives - 1, distances is 0,
  /// or distances is odd for WFG2 and WFG3.
  Wfg(std::string name, int number, std::size_t objectives, std::size_t positions, std::size_t distances);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

  /// k of the toolkit: 2 (M - 1), but 4 for two objectives.
  static std::size_t default_positions(std::size_t objectives) { return objectives == 2 ? 4 : 2 * (objectives - 1); }
  static constexpr std::size_t kDefaultDistances = 20;

 private:
  void transform(double* y) const;
  void bias_by_later(double* y, std::size_t biased) const;
  void bias_by_earlier(double* y) const;
  void reduce(double* y, double* t) const;
  void unfold(const double* t, Outcome& outcome) const;

  ProblemSpec spec_;
  int number_;
  std::size_t positions_;
  std::size_t distances_;
};

}  // namespace millrace
