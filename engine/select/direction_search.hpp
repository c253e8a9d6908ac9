#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"

namespace millrace {

/// Points in normalised objectives (finite, >= 0) and the directions they belong to: what the association kernels
/// share.
struct PointBlock {
  static constexpr std::size_t kMost = 256;
  /// Kernels work on this many points at a time: lanes from count to the next multiple hold zeros.
  static constexpr std::size_t kStep = 32;

  /// Room for kMost points.
  void shape(std::size_t objectives) {
    m = objectives;
    y.resize(m * kMost);
    nearest.resize(kMost);
    distance.resize(kMost);
  }
  std::size_t padded() const { return round_up(count, kStep); }

  std::size_t m = 0;
  std::size_t count = 0;
  /// Objective k of point i at k * kMost + i.
  AlignedVector<double> y;
  AlignedVector<std::int64_t> nearest;
  AlignedVector<double> distance;
};

/// nearest[i] = row of `units` (vectors of length 1) with the greatest dot product with point i; the first of equals.
///
/// Points sit in registers, a lane each, and every row of `units` is broadcast past them. Only the maximum of each
/// eight rows is compared with the best so far; which of the eight it was is found once at the end by computing them
/// again. M + 1 instructions for 8 dot products (AVX-512); nothing of size points x directions exists.
void search_directions(const Columns& units, PointBlock& block);

/// distance[i] = |y - (y . u) u| with u = row nearest[i] of `units`: the residual itself, since the difference of
/// squares loses half of the digits for points close to their direction.
void measure_distances(const Columns& units, PointBlock& block);

}  // namespace millrace
