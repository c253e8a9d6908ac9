#pragma once

#include <cstddef>

#include "engine/data/tile.hpp"

namespace millrace {

/// The two distance functions that the DTLZ and MaF problems share, over the variables `first` .. d - 1 of every lane:
/// how far an individual is from the front, 0 where all of them are 1/2. `g` has 64 lanes. O(d) a lane.

/// sum (x - 1/2)^2.
void sphere_distance(const Tile& tile, std::size_t first, double* g);
/// 100 (d - first + sum (x - 1/2)^2 - cos(20 pi (x - 1/2))), which has many local optima.
void rastrigin_distance(const Tile& tile, std::size_t first, double* g);

}  // namespace millrace
