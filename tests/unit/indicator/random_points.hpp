#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::test {

/// Points for tests of indicators.
class RandomPoints {
 public:
  explicit RandomPoints(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return engine_() % n; }
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  Columns uniform(std::size_t n, std::size_t m) {
    Columns points(n, m);
    for (std::size_t k = 0; k < m; ++k)
      for (double& value : points.column(k)) value = unit();
    return points;
  }

  /// Integers 0 .. levels-1: many ties, duplicates and dominated points.
  Columns lattice(std::size_t n, std::size_t m, std::size_t levels) {
    Columns points(n, m);
    for (std::size_t k = 0; k < m; ++k)
      for (double& value : points.column(k)) value = static_cast<double>(below(levels));
    return points;
  }

  /// On the part of the unit sphere where no objective is negative: mutually non-dominated.
  Columns sphere(std::size_t n, std::size_t m) {
    Columns points(n, m);
    for (std::size_t i = 0; i < n; ++i) {
      double squares = 0.0;
      for (std::size_t k = 0; k < m; ++k) {
        points(i, k) = std::sqrt(-2.0 * std::log(1.0 - unit())) * std::abs(std::cos(6.283185307179586 * unit()));
        squares += points(i, k) * points(i, k);
      }
      for (std::size_t k = 0; k < m; ++k) points(i, k) /= std::sqrt(squares);
    }
    return points;
  }

 private:
  std::mt19937_64 engine_;
};

inline Columns rows_of(const Columns& points, const std::vector<std::size_t>& rows) {
  Columns result(rows.size(), points.columns());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < points.columns(); ++k) result(i, k) = points(rows[i], k);
  return result;
}

inline Columns table(std::size_t m, const std::vector<double>& values) {
  Columns points(values.size() / m, m);
  for (std::size_t i = 0; i < values.size(); ++i) points(i / m, i % m) = values[i];
  return points;
}

}  // namespace millrace::test
