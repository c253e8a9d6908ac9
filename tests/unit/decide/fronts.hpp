#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/decide/scaled_front.hpp"

namespace millrace {

inline Columns points(std::initializer_list<std::vector<double>> rows) {
  Columns f(rows.size(), rows.size() == 0 ? 0 : rows.begin()->size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    for (std::size_t k = 0; k < row.size(); ++k) f(i, k) = row[k];
    ++i;
  }
  return f;
}

/// Five schemes with cost and shortage, minimised, and a benefit that is maximised: the worked example of the tests.
inline Columns five_schemes() {
  return points({{210, 34, -95}, {250, 22, -120}, {300, 15, -118}, {280, 12, -90}, {400, 5, -150}});
}

/// Values in steps of 1/64, so that equal ones occur.
inline Columns scattered(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  Columns f(rows, columns);
  for (std::size_t k = 0; k < columns; ++k)
    for (double& value : f.column(k)) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      value = static_cast<double>(seed >> 58) / 64.0;
    }
  return f;
}

/// The same front in other units: objective k times 2^(3 k - 4), plus a whole number.
inline Columns in_other_units(const Columns& f) {
  Columns other(f.rows(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i)
      other(i, k) = f(i, k) * (k % 2 == 0 ? 0.0625 : 1024.0) + (k % 3 == 0 ? 5.0 : -300.0);
  return other;
}

/// Row i becomes row (3 i + 1) mod n; n must not be a multiple of 3.
inline std::size_t moved(std::size_t i, std::size_t n) { return (3 * i + 1) % n; }
inline Columns permuted(const Columns& f) {
  Columns other(f.rows(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i) other(moved(i, f.rows()), k) = f(i, k);
  return other;
}

}  // namespace millrace
