#pragma once

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Distances between a front (n x m, minimised) and a reference set (r x m): arithmetic means of Euclidean lengths.
///
/// The plus forms count only what a front point is worse in, which makes igd_plus weakly Pareto compliant: Ishibuchi,
/// Masuda, Tanigaki and Nojima, doi:10.1007/978-3-319-15892-1_8. An empty front gives +inf. A row of the front with a
/// value that is not finite is infinitely far from everything. Throws std::invalid_argument where the reference set is
/// empty, not finite or of another m. O(n r m); same bits for any thread count.

/// Mean over the reference set of the distance to the nearest front point.
double igd(const Columns& front, const Columns& reference_set, Workers& workers);
/// Mean over the reference set of the least length of max(front - reference, 0).
double igd_plus(const Columns& front, const Columns& reference_set, Workers& workers);
/// Mean over the front of the distance to the nearest reference point.
double gd(const Columns& front, const Columns& reference_set, Workers& workers);
/// Mean over the front of the least length of max(front - reference, 0).
double gd_plus(const Columns& front, const Columns& reference_set, Workers& workers);

}  // namespace millrace
