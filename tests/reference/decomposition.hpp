#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/select/decomposition.hpp"

namespace millrace::reference {

/// Value of point `y` for the weights `w` (M entries, any length), by the definitions.
inline double scalarise(const DecompositionOptions& options, std::span<const double> y, std::span<const double> w) {
  double length = 0.0;
  double sum = 0.0;
  double largest = -std::numeric_limits<double>::infinity();
  double largest_ratio = largest;
  for (std::size_t k = 0; k < y.size(); ++k) {
    length += w[k] * w[k];
    sum += w[k] * y[k];
    largest = std::max(largest, std::max(w[k], 1e-6) * y[k]);
    largest_ratio = std::max(largest_ratio, y[k] / std::max(w[k], 1e-6));
  }
  switch (options.scalarisation) {
    case Scalarisation::tchebycheff: return largest;
    case Scalarisation::modified_tchebycheff: return largest_ratio;
    case Scalarisation::weighted_sum: return sum;
    case Scalarisation::pbi: break;
  }
  const double d1 = sum / std::sqrt(length);
  double d2 = 0.0;
  for (std::size_t k = 0; k < y.size(); ++k) d2 += std::pow(y[k] - d1 * w[k] / std::sqrt(length), 2);
  return d1 + options.theta * std::sqrt(d2);
}

/// The `size` rows of `weights` nearest to row i: by distance; among equally far ones by index, among equal ones by
/// index after i. Distances within 1e-12 (squared) are equal.
inline std::vector<std::uint32_t> nearest_rows(const Columns& weights, std::size_t i, std::size_t size) {
  const std::size_t n = weights.rows();
  std::vector<double> distance(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < weights.columns(); ++k) distance[j] += std::pow(weights(j, k) - weights(i, k), 2);
    distance[j] = std::round(distance[j] * 1e12);
  }
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  const auto tie = [&](std::uint32_t j) { return distance[j] == 0.0 ? (j + n - i) % n : j; };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return distance[a] != distance[b] ? distance[a] < distance[b] : tie(a) < tie(b);
  });
  order.resize(std::min(size, n));
  return order;
}

}  // namespace millrace::reference
