#pragma once

#include <cstddef>
#include <span>

namespace millrace::reference {

/// First and total Sobol index of one factor from f(A), f(B) and f(A_B^k), as the formulas say.
struct SobolPair {
  double first = 0.0;
  double total = 0.0;
};

inline double pair_mean(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t r = 0; r < a.size(); ++r) sum += a[r] + b[r];
  return sum / (2.0 * static_cast<double>(a.size()));
}

inline double pair_variance(std::span<const double> a, std::span<const double> b) {
  const double mean = pair_mean(a, b);
  double sum = 0.0;
  for (std::size_t r = 0; r < a.size(); ++r) sum += (a[r] - mean) * (a[r] - mean) + (b[r] - mean) * (b[r] - mean);
  return sum / (2.0 * static_cast<double>(a.size()));
}

/// Jansen: the first index over the variance of the pairs.
inline SobolPair jansen_indices(std::span<const double> a, std::span<const double> b, std::span<const double> ab) {
  const auto n = static_cast<double>(a.size());
  double pairs = 0.0;
  double to_b = 0.0;
  double to_a = 0.0;
  for (std::size_t r = 0; r < a.size(); ++r) {
    pairs += (b[r] - a[r]) * (b[r] - a[r]) / (2.0 * n);
    to_b += (b[r] - ab[r]) * (b[r] - ab[r]) / (2.0 * n);
    to_a += (a[r] - ab[r]) * (a[r] - ab[r]) / (2.0 * n);
  }
  return {1.0 - to_b / pairs, to_a / pair_variance(a, b)};
}

/// Saltelli et al. 2010, table 2 (b), values relative to their mean.
inline double saltelli_first(std::span<const double> a, std::span<const double> b, std::span<const double> ab) {
  const double mean = pair_mean(a, b);
  double sum = 0.0;
  for (std::size_t r = 0; r < a.size(); ++r) sum += (b[r] - mean) * (ab[r] - a[r]);
  return sum / static_cast<double>(a.size()) / pair_variance(a, b);
}

}  // namespace millrace::reference
