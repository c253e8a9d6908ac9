#pragma once

#include <vector>

#include "problems/dispatch/dispatch_model.hpp"

namespace millrace {

/// What the least total of a future is, for whoever knows all of it beforehand.
struct ForesightBound {
  /// No controller gets below: the Lagrangian bound of the linear program (dispatch_program), true whatever the solver
  /// did.
  double lower_gbp = 0.0;
  /// The simulator reaches this with `schedule`.
  double reached_gbp = 0.0;
  std::vector<double> schedule;
};

/// One a future, solved after one another, each from the basis of the one before: the same bits whenever it is called.
/// Profile `physical` (throws std::invalid_argument otherwise); throws std::runtime_error where a program has no
/// optimum.
std::vector<ForesightBound> perfect_foresight(const DispatchModel& model, const Futures& futures,
                                              std::size_t tangents = 32);

}  // namespace millrace
