#pragma once

#include <span>

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Unary R2 of `front` (n x m, minimised): mean over `weights` (r x m, not negative) of the least weighted Tchebycheff
/// distance max_k w_k |f_k - ideal_k|. Lower is better. Hansen and Jaszkiewicz, IMM-REP-1998-7, in the unary form of
/// Brockhoff, Wagner and Trautmann, doi:10.1145/2330163.2330230.
///
/// An empty front gives +inf; a row of the front that is not finite is left out. Throws std::invalid_argument where the
/// weights are empty, not finite, negative or of another m, or the ideal point does not have m finite values.
/// O(n r m); same bits for any thread count.
double r2(const Columns& front, const Columns& weights, std::span<const double> ideal, Workers& workers);

}  // namespace millrace
