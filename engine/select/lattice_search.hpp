#pragma once

#include <cstddef>

namespace millrace {

/// Moves `part`, a point of the lattice of m <= 8 non-negative integers with sum h, to the one with the greatest p.a /
/// |a|, and returns whether that is proven to be the only best one. Objective k is at k * PointBlock::kMost of both.
///
/// Climbs by single exchanges; then lists every move whose upper bound (see lattice_association.hpp) is not negative,
/// by branch and bound over the objectives with a Lagrange multiplier for the sum, and tries those exactly. Some dozen
/// moves for m = 5. False for ties, and where the bound is flat (p near a corner or an edge of the simplex).
bool search_lattice(std::size_t m, double h, const double* p, double* part);

}  // namespace millrace
