#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "engine/data/bounds.hpp"

namespace millrace::reference {

using Vector = std::vector<double>;

inline double dot(const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
  return sum;
}

/// A row in widths of the bounds; 0 where they coincide.
inline Vector scaled(const double* row, const Bounds& bounds) {
  Vector v(bounds.variables());
  for (std::size_t j = 0; j < v.size(); ++j) {
    const double width = bounds.upper(j) - bounds.lower(j);
    v[j] = width > 0.0 ? row[j] / width : 0.0;
  }
  return v;
}

/// Orthonormal basis by Gram and Schmidt, written out: vector k is what `vectors[k]` adds to those before it, or zero
/// where that is less than 1e-6 of it.
inline std::vector<Vector> orthonormal_basis(const std::vector<Vector>& vectors) {
  std::vector<Vector> basis;
  for (const Vector& vector : vectors) {
    Vector rest = vector;
    for (int twice = 0; twice < 2; ++twice)
      for (const Vector& e : basis) {
        const double along = dot(rest, e);
        for (std::size_t j = 0; j < rest.size(); ++j) rest[j] -= along * e[j];
      }
    const double length = std::sqrt(dot(rest, rest));
    const bool adds = length > 1e-6 * std::sqrt(dot(vector, vector));
    for (double& value : rest) value = adds ? value / length : 0.0;
    basis.push_back(rest);
  }
  return basis;
}

}  // namespace millrace::reference
