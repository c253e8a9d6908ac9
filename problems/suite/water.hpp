#pragma once

#include "engine/problem/problem.hpp"

namespace millrace {

/// How the seven limits of the water problem are treated.
enum class WaterLimits {
  /// As constraints: the problem `water`, five objectives.
  constraints,
  /// Their total violation, unscaled, as a sixth objective: RE61 of Tanabe and Ishibuchi (2020),
  /// DOI 10.1016/j.asoc.2020.106078.
  sixth_objective
};

/// The storm drainage planning problem of Musselman and Talavage (1980), in the form of Ray, Tai and Seow (2001),
/// DOI 10.1080/03052150108940926. Variables: local detention storage capacity, maximum treatment rate and maximum
/// allowable overflow rate. Objectives: costs of the drainage network, the storage facility, the treatment facility,
/// the expected flood damage, and the expected economic loss due to flood. The constraint scale is the limit itself.
///
/// The sixth limit is printed with 0.417 x1 x2 where every other one has a quotient by x1 x2, and the offset of the
/// seventh is 54.48 (some programs have 0.417 / (x1 x2) and 54.58). We keep the printed form. It decides nothing in
/// `water`: whoever satisfies the first limit satisfies the sixth and the seventh in every one of these readings.
class Water {
 public:
  Water(std::string name, WaterLimits limits);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

 private:
  ProblemSpec spec_;
  WaterLimits limits_;
};

}  // namespace millrace
