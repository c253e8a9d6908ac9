#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"

namespace millrace {

/// The fronts of DTLZ5 to DTLZ7; those of DTLZ1 to 4 are in true_front.hpp.

/// `count` points of the quarter circle that DTLZ5, DTLZ6 and MaF6 were made to have as their front: all angles but the
/// first at pi/4. For DTLZ5 and 6 with M >= 4 it is not the whole front, but what published comparisons measure to.
Columns degenerate_curve(std::size_t objectives, std::size_t count);

/// The front of DTLZ7 and MaF7 over a grid of the first M - 1 objectives that is even along the pieces of each; the
/// smallest grid of at least `count` points or, where that has more than four times as many, `count` points at random
/// places (the same for the same M and count).
Columns disconnected_sheets(std::size_t objectives, std::size_t count);

}  // namespace millrace
