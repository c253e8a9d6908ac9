#pragma once

#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Rows of `points` (n x m, minimised) that no other row dominates, ascending; of equal rows only the first.
/// Rows with a NaN are left out. O(n log n + n f m) for f rows kept.
std::vector<Slot> nondominated_subset(const Columns& points);

}  // namespace millrace
