#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Best and worst of some values.
struct Extent {
  double best = std::numeric_limits<double>::infinity();
  double worst = -std::numeric_limits<double>::infinity();
};

/// Least and largest finite value of a column at `slots`; the start value of Extent where there is none.
Extent finite_extent(const double* column, std::span<const Slot> slots);

/// Weight of the other axes in the achievement scalarising function of NSGA-III, as in the paper.
inline constexpr double kOffAxis = 1e-6;
/// What is smaller than this share of the range is no distance from the axis. Without it a point far from the front but
/// 1e-9 from an axis beats one on the front and 1e-5 from it, and carries its distance into the intercepts.
inline constexpr double kOnAxis = 1e-3;

/// A translated objective for the scalarising function; `range` is that of the last generation.
inline double from_axis(double translated, double range) { return translated < kOnAxis * range ? 0.0 : translated; }

/// What a candidate for an extreme point has to beat; an entry an objective.
struct ExtremeMarks {
  const Columns& f;
  std::span<const double> ideal;
  std::span<const double> range;
  /// The smallest scalarising value so far on each axis.
  std::span<const double> best;
};

/// competes[i] = 1 where candidate i has a scalarising value below the best on some axis, else 0; where an objective is
/// infinite or NaN it may say either. O(n M). The answer does not depend on the SIMD target.
void find_competitors(const ExtremeMarks& marks, std::span<const Slot> candidates, std::uint8_t* competes);

}  // namespace millrace
