#pragma once

#include <cstddef>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// A row of some columns, without NaN.
struct PointAt {
  const Columns& columns;
  std::size_t row;
};

/// First of rows 0 .. count-1 that is nowhere above `point` (as many columns), or `count`: the row that dominates the
/// point or equals it. O(count M), with SIMD; the answer does not depend on the SIMD target.
std::size_t first_at_most(const Columns& rows, std::size_t count, PointAt point);

/// Appends to `found`, ascending, the rows of 0 .. count-1 that are nowhere above `point`.
void append_at_most(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found);

/// Appends to `found`, ascending, the rows of 0 .. count-1 that are nowhere below `point`.
void append_at_least(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found);

/// Rows whose first_at_most() in an archive of `members` is worth a task of its own.
constexpr std::size_t scan_grain(std::size_t members) { return 1 + 400'000 / (members + 1); }

}  // namespace millrace
