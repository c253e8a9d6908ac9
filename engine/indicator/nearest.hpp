#pragma once

#include <cstddef>
#include <span>

#include "engine/data/columns.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// How far a target t is from a query q; lower is nearer.
enum class Measure {
  squared,         ///< sum of (t - q)^2
  squared_worse,   ///< sum of max(t - q, 0)^2
  squared_better,  ///< sum of max(q - t, 0)^2
  worst_excess,    ///< largest t - q
  worst_ratio,     ///< largest t / q
  tchebycheff,     ///< largest q |t|: q is a weight vector
  other_manhattan  ///< sum of |t - q| over targets at another index than the query's
};

/// nearest[i] = least measure between row i of `queries` (r x m) and all rows of `targets` (n x m); +inf where n = 0.
/// Values must be finite. O(n r m), vectorised over targets, parallel over queries; same bits for any thread count.
void nearest(Measure measure, const Columns& queries, const Columns& targets, std::span<double> nearest,
             Workers& workers);

/// The rows of `points` whose values are all finite, in their order.
Columns finite_rows(const Columns& points);

/// Throws std::invalid_argument unless `reference` has rows, all finite, with `columns` values each.
void require_reference(const char* indicator, const Columns& reference, std::size_t columns);

}  // namespace millrace
