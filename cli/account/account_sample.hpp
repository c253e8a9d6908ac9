#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"

namespace millrace::cli {

/// The first points of a Sobol sequence after the origin, rows x columns in [0, 1).
Columns sobol_sample(std::size_t rows, std::size_t columns);

}  // namespace millrace::cli
