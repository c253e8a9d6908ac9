#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// Rows of `points` that are finite and strictly better than the reference in every objective, ascending.
/// Throws std::invalid_argument unless the reference has one finite value an objective.
std::vector<std::uint32_t> rows_inside(const Columns& points, std::span<const double> reference);

}  // namespace millrace
