#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace millrace::test {

/// Tests with fixed seeds do not fail by chance twice: the rate says how unlikely a correct generator was to fail at
/// all when the seed was chosen. Both bounds below belong to a false-alarm rate of one in a million.
inline constexpr double kFalseAlarm = 1e-6;

/// Largest acceptable chi-square statistic with that many degrees of freedom (Wilson and Hilferty's approximation).
inline double chi_square_limit(double freedom) {
  constexpr double kNormalQuantile = 4.7534;  // of 1 - kFalseAlarm
  const double s = 2.0 / (9.0 * freedom);
  return freedom * std::pow(1.0 - s + kNormalQuantile * std::sqrt(s), 3);
}

inline double chi_square(const std::vector<double>& observed, const std::vector<double>& expected) {
  double sum = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i)
    sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
  return sum;
}

/// Largest distance between the empirical distribution of `values` and U(0, 1), times the root of their number.
/// Kolmogorov: above kKolmogorovLimit in kFalseAlarm of all cases.
inline double kolmogorov_uniform(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    distance = std::max(distance, values[i] - static_cast<double>(i) / n);
    distance = std::max(distance, static_cast<double>(i + 1) / n - values[i]);
  }
  return distance * std::sqrt(n);
}

inline const double kKolmogorovLimit = std::sqrt(-0.5 * std::log(0.5 * kFalseAlarm));

}  // namespace millrace::test
