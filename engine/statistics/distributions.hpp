#pragma once

#include <cstddef>

namespace millrace {

// Distributions by Boost.Math.

/// P(Z > z) of the standard normal distribution.
double normal_upper_tail(double z);

/// P(X > x) of the chi-square distribution with `freedom` >= 1 degrees of freedom.
double chi_square_upper_tail(double x, std::size_t freedom);

/// P(F > f) of Fisher's distribution with `numerator` and `denominator` >= 1 degrees of freedom.
double f_upper_tail(double f, std::size_t numerator, std::size_t denominator);

/// P(Q <= q) for the range Q of `count` >= 2 independent standard normal values: the studentised range with infinitely
/// many degrees of freedom. To 1e-10, by quadrature.
double normal_range_probability(double q, std::size_t count);
/// The q with normal_range_probability(q, count) = p, 0 <= p < 1, to 1e-9.
double normal_range_quantile(double p, std::size_t count);

}  // namespace millrace
