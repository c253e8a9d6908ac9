#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// The rows of `points` along a snake through the cells of a grid over their box, about one row a cell: rows that follow
/// one another are near each other. Ties by index. O(n m + n log n).
std::vector<std::uint32_t> neighbour_order(const Columns& points);

}  // namespace millrace
