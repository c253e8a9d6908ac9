#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/data/aligned.hpp"

namespace millrace {

/// Exponent p of the unit manifold x_1^p + ... + x_m^p = 1 through `point` (normalised objectives, >= 0): 1 for a flat
/// front, 2 for a sphere, below 1 for a front that bends towards the ideal point. Newton-Raphson on the logarithm of
/// the sum, as in Panichella 2022, doi:10.1145/3512290.3528732. From 0.7 to 20: below, the length of a point hardly
/// says more than how many of its objectives are not 0, and far from the front most points ask for less. 1 where
/// Newton has no step: at the origin, and at corners of the unit box.
double manifold_exponent(std::span<const double> point);

/// Points in normalised objectives and, after project_to_manifold, their projections on the manifold.
struct ManifoldPoints {
  /// Kernels work on so many points at a time: entries from count to the next multiple are zero.
  static constexpr std::size_t kStep = 16;

  /// Room for `points` points, all zero.
  void shape(std::size_t objectives, std::size_t points);
  double* column(std::size_t k) { return y.data() + k * stride; }
  const double* column(std::size_t k) const { return y.data() + k * stride; }

  std::size_t m = 0;
  std::size_t count = 0;
  std::size_t stride = 0;
  /// Objective k of point i at k * stride + i, from 0 to 1e10.
  AlignedVector<double> y;
  /// Length of each point in the norm with exponent p, before it was projected.
  AlignedVector<double> length;
};

/// Divides every point by its length; the origin goes to the middle of the manifold. O(count m) powers.
void project_to_manifold(ManifoldPoints& points, double p);

/// The projected points i with |y_i - y_from|^2 < limit[i], ascending, to `found`; returns how many they are. `limit`
/// and `found` have room for whole steps.
std::size_t find_within(const ManifoldPoints& points, std::size_t from, const double* limit, std::uint32_t* found);

/// Distance along the manifold from projected point `from` to each of `to`, by way of the middle of the two projected
/// on the manifold; straight where p is from 0.95 to 1.05. Never less than the straight distance, but for rounding.
void measure_geodesics(const ManifoldPoints& points, double p, std::size_t from, std::span<const std::uint32_t> to,
                       double* distance);

/// Position of the greatest value, the first of equals; values[count ..] up to the next step are read as well and must
/// be minus infinity. count >= 1.
std::size_t position_of_greatest(const double* values, std::size_t count);

}  // namespace millrace
