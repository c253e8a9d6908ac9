#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/data/columns.hpp"

namespace millrace::bench {

/// Point sets with the shape of what an algorithm sorts and measures; each is the same for the same arguments.

/// Parents and offspring of a run that has nearly converged: half of the points close to the unit sphere, half behind.
Columns merged_population(std::size_t n, std::size_t m);
/// Uniform over the unit cube: many fronts where m is small.
Columns uniform_cube(std::size_t n, std::size_t m);

}  // namespace millrace::bench
