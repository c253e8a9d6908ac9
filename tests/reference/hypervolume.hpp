#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::reference {

inline bool inside_box(const Columns& points, std::span<const double> corner, std::size_t row) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    if (!std::isfinite(points(row, k)) || !(points(row, k) < corner[k])) return false;
  return true;
}

/// Hypervolume as the sum over all subsets of points of the signed volume of their common box. O(2^n m), n <= 20.
inline double hypervolume_by_subsets(const Columns& points, std::span<const double> corner) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < points.rows(); ++i)
    if (inside_box(points, corner, i)) rows.push_back(i);
  long double sum = 0;
  for (std::uint32_t subset = 1; subset < (std::uint32_t{1} << rows.size()); ++subset) {
    long double volume = -1;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (subset >> i & 1) volume = -volume;
    for (std::size_t k = 0; k < points.columns(); ++k) {
      double highest = -HUGE_VAL;
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (subset >> i & 1) highest = std::max(highest, points(rows[i], k));
      volume *= static_cast<long double>(corner[k]) - highest;
    }
    sum += volume;
  }
  return static_cast<double>(sum);
}

/// Hypervolume as the sum of the cells of the grid through all coordinates that a point dominates. O((n+1)^m n m).
inline double hypervolume_by_cells(const Columns& points, std::span<const double> corner) {
  const std::size_t m = points.columns();
  std::vector<std::vector<double>> cuts(m);
  for (std::size_t k = 0; k < m; ++k) {
    for (std::size_t i = 0; i < points.rows(); ++i)
      if (inside_box(points, corner, i)) cuts[k].push_back(points(i, k));
    cuts[k].push_back(corner[k]);
    std::sort(cuts[k].begin(), cuts[k].end());
    cuts[k].erase(std::unique(cuts[k].begin(), cuts[k].end()), cuts[k].end());
    if (cuts[k].size() < 2) return 0.0;
  }
  long double sum = 0;
  std::vector<std::size_t> cell(m, 0);
  for (;;) {
    const auto covers = [&](std::size_t i) {
      for (std::size_t k = 0; k < m; ++k)
        if (points(i, k) > cuts[k][cell[k]]) return false;
      return inside_box(points, corner, i);
    };
    bool covered = false;
    for (std::size_t i = 0; i < points.rows() && !covered; ++i) covered = covers(i);
    long double volume = covered ? 1 : 0;
    for (std::size_t k = 0; k < m; ++k) volume *= static_cast<long double>(cuts[k][cell[k] + 1]) - cuts[k][cell[k]];
    sum += volume;
    std::size_t k = 0;
    while (k < m && ++cell[k] + 1 == cuts[k].size()) cell[k++] = 0;
    if (k == m) return static_cast<double>(sum);
  }
}

}  // namespace millrace::reference
