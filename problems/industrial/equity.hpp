#pragma once

#include <cstddef>
#include <span>

namespace millrace {

/// Gini coefficient of non-negative values: the mean absolute difference over twice the mean, 0 where all are equal or
/// zero. Sorts `values`. O(n log n).
double gini(std::span<double> values);

}  // namespace millrace
