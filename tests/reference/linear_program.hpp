#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "engine/exact/clp_solver.hpp"

namespace millrace::reference {

/// One side of a bound or row as a hyperplane normal * x = value.
struct Plane {
  std::vector<double> normal;
  double value = 0.0;
};

inline std::vector<Plane> planes_of(const LinearProgram& program) {
  const std::size_t n = program.cost.size();
  std::vector<Plane> planes;
  const auto add = [&](const std::vector<double>& normal, double lower, double upper) {
    if (std::isfinite(lower)) planes.push_back({normal, lower});
    if (std::isfinite(upper) && upper != lower) planes.push_back({normal, upper});
  };
  for (std::size_t j = 0; j < n; ++j) {
    std::vector<double> unit(n, 0.0);
    unit[j] = 1.0;
    add(unit, program.lower[j], program.upper[j]);
  }
  for (std::size_t i = 0; i < program.rows.rows(); ++i) {
    std::vector<double> normal(n, 0.0);
    program.rows.add_multiple(i, 1.0, normal);
    add(normal, program.row_lower[i], program.row_upper[i]);
  }
  return planes;
}

/// Where n hyperplanes meet, or empty where not in one point.
inline std::optional<std::vector<double>> meeting_point(const std::vector<Plane>& planes,
                                                        const std::vector<std::size_t>& chosen) {
  const std::size_t n = chosen.size();
  std::vector<Plane> a;
  for (const std::size_t i : chosen) a.push_back(planes[i]);
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c; r < n; ++r)
      if (std::abs(a[r].normal[c]) > std::abs(a[pivot].normal[c])) pivot = r;
    if (std::abs(a[pivot].normal[c]) < 1e-11) return std::nullopt;
    std::swap(a[c], a[pivot]);
    for (std::size_t r = 0; r < n; ++r) {
      if (r == c) continue;
      const double factor = a[r].normal[c] / a[c].normal[c];
      for (std::size_t k = 0; k < n; ++k) a[r].normal[k] -= factor * a[c].normal[k];
      a[r].value -= factor * a[c].value;
    }
  }
  std::vector<double> x(n);
  for (std::size_t c = 0; c < n; ++c) x[c] = a[c].value / a[c].normal[c];
  return x;
}

inline bool satisfies(const LinearProgram& program, const std::vector<double>& x, double tolerance) {
  for (std::size_t j = 0; j < x.size(); ++j)
    if (x[j] < program.lower[j] - tolerance || x[j] > program.upper[j] + tolerance) return false;
  for (std::size_t i = 0; i < program.rows.rows(); ++i) {
    const double sum = program.rows.dot(i, x);
    if (sum < program.row_lower[i] - tolerance || sum > program.row_upper[i] + tolerance) return false;
  }
  return true;
}

/// Least cost over all vertices, from every choice of n bounds and rows; infinity where there is no vertex. The optimum
/// of a program that is bounded and has a vertex. O(binomial(planes, n) n^3).
inline double least_over_vertices(const LinearProgram& program) {
  const std::size_t n = program.cost.size();
  const std::vector<Plane> planes = planes_of(program);
  double least = std::numeric_limits<double>::infinity();
  if (planes.size() < n) return least;
  std::vector<char> mask(planes.size(), 0);
  std::fill_n(mask.begin(), n, char{1});
  do {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < mask.size(); ++i)
      if (mask[i]) chosen.push_back(i);
    const auto x = meeting_point(planes, chosen);
    if (!x || !satisfies(program, *x, 1e-8)) continue;
    double value = 0.0;
    for (std::size_t j = 0; j < n; ++j) value += program.cost[j] * (*x)[j];
    least = std::min(least, value);
  } while (std::prev_permutation(mask.begin(), mask.end()));
  return least;
}

}  // namespace millrace::reference
