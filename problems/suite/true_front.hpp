#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/data/columns.hpp"

namespace millrace {

/// True where front_along_directions knows the front of a problem of the suite. Throws for an unknown name.
bool has_front_along_directions(std::string_view name);

/// Where the rays from the origin along `directions` (count x M, M >= 2, no entry negative, none all zero; usually each
/// sums to 1) meet the true front of a problem of the suite: one row a direction, in their order.
///
/// Known for dtlz1 to 4, convex-dtlz2, scaled-dtlz1 and 2, the constrained DTLZ problems and wfg4 to 9. Where the
/// objectives differ in size (scaled-dtlz, wfg) the directions are those of the front divided by that size. c2-dtlz2
/// and convex-c2-dtlz2 skip the directions that meet an infeasible part of the front, so their result has fewer rows:
/// what remains is the whole front, as every feasible point beyond a hole is dominated by one at its rim or inside it.
/// O(count M). Throws std::invalid_argument for an unknown name, a problem whose front is not known in this form, and
/// impossible directions.
Columns front_along_directions(std::string_view name, const Columns& directions);

/// `count` independent, uniformly distributed points of the unit sphere's part with no negative coordinate
/// (count x m), the front of dtlz2 to 4. Point i depends on `seed`, m and i only. O(count m).
Columns sphere_points(std::size_t m, std::size_t count, std::uint64_t seed);

}  // namespace millrace
