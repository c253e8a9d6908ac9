#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// Hypervolumes of the given rows of `points`, all inside the box, for one, two and three objectives. O(n log n).
double hypervolume_of_one(const Columns& points, std::span<const double> reference,
                          std::span<const std::uint32_t> rows);
double hypervolume_of_two(const Columns& points, std::span<const double> reference, std::vector<std::uint32_t> rows);
double hypervolume_of_three(const Columns& points, std::span<const double> reference, std::vector<std::uint32_t> rows);

}  // namespace millrace
