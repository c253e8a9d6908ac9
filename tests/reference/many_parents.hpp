#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "operators/parent_space.hpp"
#include "operators/pcx.hpp"
#include "operators/spx.hpp"
#include "operators/undx.hpp"
#include "tests/reference/parent_space.hpp"

namespace millrace::reference {

/// Each less the mean of the first `centred`.
inline std::vector<Vector> deviations(std::vector<Vector> rows, std::size_t centred) {
  Vector mean(rows[0].size(), 0.0);
  for (std::size_t k = 0; k < centred; ++k)
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += rows[k][j] / static_cast<double>(centred);
  for (Vector& row : rows)
    for (std::size_t j = 0; j < mean.size(); ++j) row[j] -= mean[j];
  return rows;
}

/// One child of parent-centric crossover by the paper, every vector written out, in widths of the bounds.
inline Vector pcx_child(const PcxOptions& options, std::vector<Vector> parents, RowDraws& draws) {
  std::swap(parents[0], parents[draws.below(static_cast<std::uint32_t>(parents.size()))]);
  const std::vector<Vector> deviation = deviations(parents, parents.size());
  const std::vector<Vector> basis = orthonormal_basis(deviation);
  double distance = 0.0;
  for (std::size_t k = 1; k < parents.size(); ++k) {
    const double along = dot(deviation[k], basis[0]);
    distance += std::sqrt(std::max(0.0, dot(deviation[k], deviation[k]) - along * along));
  }
  distance /= static_cast<double>(parents.size() - 1);
  const Coefficients normals = normal_coefficients(draws, parents.size());
  Vector child = parents[0];
  for (std::size_t j = 0; j < child.size(); ++j) {
    child[j] += options.zeta * normals[0] * deviation[0][j];
    for (std::size_t a = 1; a < parents.size(); ++a) child[j] += options.eta * distance * normals[a] * basis[a][j];
  }
  return child;
}

/// One child of simplex crossover by the recurrence of the paper: C_k = r_{k-1} (Y_{k-1} - Y_k + C_{k-1}), child =
/// Y_n + C_n.
inline Vector spx_child(const SpxOptions& options, const std::vector<Vector>& parents, RowDraws& draws) {
  const std::size_t n = parents.size();
  std::vector<double> r(n, 0.0);
  for (std::size_t k = 1; k < n; ++k) r[k] = std::pow(draws.next_double(), 1.0 / static_cast<double>(k));
  Vector child(parents[0].size());
  for (std::size_t j = 0; j < child.size(); ++j) {
    double centre = 0.0;
    for (std::size_t k = 0; k < n; ++k) centre += parents[k][j] / static_cast<double>(n);
    const auto y = [&](std::size_t k) { return centre + options.expansion * (parents[k][j] - centre); };
    double c = 0.0;
    for (std::size_t k = 1; k < n; ++k) c = r[k] * (y(k - 1) - y(k) + c);
    child[j] = y(n - 1) + c;
  }
  return child;
}

/// One child of unimodal normal distribution crossover by the paper, every vector written out, in widths of the bounds;
/// the other directions are what a normal vector has outside the parents' space. `movable[j]`: not fixed.
inline Vector undx_child(const UndxOptions& options, const std::vector<Vector>& parents,
                         const std::vector<bool>& movable, RowDraws& draws) {
  const std::size_t primary = parents.size() - 1;
  const std::size_t d = parents[0].size();
  const std::vector<Vector> deviation = deviations(parents, primary);
  const std::vector<Vector> basis = orthonormal_basis(deviation);
  const double across = dot(deviation[primary], basis[primary]) * options.eta;
  const Coefficients normals = normal_coefficients(draws, primary);
  Vector other(d);
  for (std::size_t j = 0; j < d; j += 2) {
    const auto pair = normal_pair(draws);
    other[j] = movable[j] ? pair[0] : 0.0;
    if (j + 1 < d) other[j + 1] = movable[j + 1] ? pair[1] : 0.0;
  }
  Vector child(d, 0.0);
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k < primary; ++k) child[j] += parents[k][j] / static_cast<double>(primary);
    child[j] += across / std::sqrt(static_cast<double>(d)) * other[j];
  }
  for (std::size_t a = 0; a < primary; ++a) {
    const double inside = across / std::sqrt(static_cast<double>(d)) * dot(other, basis[a]);
    const double length = std::sqrt(dot(deviation[a], deviation[a]));
    for (std::size_t j = 0; j < d; ++j) child[j] += (options.zeta * length * normals[a] - inside) * basis[a][j];
  }
  return child;
}

/// The least of what one of `vectors` adds to those before it, as a share of its length, where that is not rounding
/// (above 1e-10): below 1e-4 the space that they span is not known to many digits.
inline double least_addition(const std::vector<Vector>& vectors) {
  std::vector<Vector> basis;
  double least = 1.0;
  for (const Vector& vector : vectors) {
    Vector rest = vector;
    for (int twice = 0; twice < 2; ++twice)
      for (const Vector& e : basis) {
        const double along = dot(rest, e);
        for (std::size_t j = 0; j < rest.size(); ++j) rest[j] -= along * e[j];
      }
    const double share = dot(vector, vector) > 0.0 ? std::sqrt(dot(rest, rest) / dot(vector, vector)) : 0.0;
    if (share <= 1e-10) continue;
    least = std::min(least, share);
    const double length = std::sqrt(dot(rest, rest));
    for (double& value : rest) value /= length;
    basis.push_back(rest);
  }
  return least;
}

}  // namespace millrace::reference
