#pragma once

#include "engine/data/columns.hpp"

namespace millrace {

/// Epsilon indicators of Zitzler et al., doi:10.1109/TEVC.2003.810758: the least change of every objective of `front`
/// (n x m, minimised) after which each row of `reference_set` (r x m) has a front point that is nowhere worse. Lower is
/// better.
///
/// An empty front gives +inf; a row of the front that is not finite is left out. Throws std::invalid_argument where the
/// reference set is empty, not finite or of another m. O(n r m).

/// Least amount to subtract: max over the reference set of min over the front of max over objectives of f - r.
double additive_epsilon(const Columns& front, const Columns& reference_set);
/// Least factor to divide by, max min max f / r. Throws std::invalid_argument where a value is not positive.
double multiplicative_epsilon(const Columns& front, const Columns& reference_set);

}  // namespace millrace
