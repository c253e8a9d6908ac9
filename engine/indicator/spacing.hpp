#pragma once

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Schott's spacing (MIT thesis, 1995): standard deviation, with n - 1, of the distance in the sum norm from each point
/// of `front` (n x m) to its nearest other point. 0 is even spacing, and the value for n <= 2.
/// Rows that are not finite are left out. O(n^2 m); same bits for any thread count.
double spacing(const Columns& front, Workers& workers);

}  // namespace millrace
