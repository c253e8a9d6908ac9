#pragma once

#include <span>
#include <vector>

#include "engine/problem/linear_form.hpp"

namespace millrace {

/// A number that no feasible solution of the form gets below in sum_k weights[k] * objective k, whatever the row
/// multipliers are: the Lagrangian bound. It is sharp where the multipliers are the optimal duals, and true even where
/// the solver was wrong, but for the rounding of this sum (Neumaier and Shcherbina, doi:10.1007/s10107-003-0433-3).
///
/// `reduced` is work memory. A reduced cost within 1e-9 of the largest term that would meet an infinite bound counts as
/// zero, a larger one makes the bound -infinity. O(terms).
double dual_bound(const LinearForm& form, std::span<const double> weights, std::span<const double> row_multipliers,
                  std::vector<double>& reduced);

}  // namespace millrace
