#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/select/direction_search.hpp"

namespace millrace {

/// Points of a block scaled to the lattice, and a lattice point for each: objective k of point i at k * kMost + i.
struct LatticePoints {
  void shape(std::size_t m) {
    p.resize(m * PointBlock::kMost);
    part.resize(m * PointBlock::kMost);
    proven.resize(PointBlock::kMost);
  }
  AlignedVector<double> p;
  AlignedVector<double> part;
  /// 1 where the lattice point is proven to be the nearest, otherwise 0.
  AlignedVector<double> proven;
};

/// The nearest direction on a Das-Dennis lattice without looking at the others.
///
/// With p the point scaled to sum h, the lattice points are the vectors a of m non-negative integers with sum h, and
/// the nearest is the one with the greatest p.a / |a| = s. Rounding p by largest remainders is right for most points.
/// Proof for a: a + d (integers, sum 0) is better only if 2 u.d + (p.d)^2 - s^2 |d|^2 > 0, where u = (p.a) p - s^2 a.
/// For any q, Cauchy-Schwarz gives (p.d)^2 <= w sum |p_k - q| d_k^2 with w = sum |p_k - q|, so the gain is at most sum
/// (2 u_k d_k - c_k d_k^2), c_k = s^2 - w |p_k - q|. Where all c_k >= 0 the best value of that sum over n moved units
/// is concave in n: if it is negative for two units and not above that for one, it is negative from two on. Single
/// units are tried exactly. A margin far above rounding leaves ties unproven. O(m^2) a point, a lane a point. What
/// remains goes to lattice_search.hpp, and what that leaves (ties, corners) to the comparison with all.
class LatticeAssociation {
 public:
  static constexpr std::size_t kMostObjectives = 8;

  /// For das_dennis(m, divisions), 2 <= m <= kMostObjectives, divisions >= 1. Without `search`, points that rounding
  /// does not decide are left undecided: with few directions a comparison with all of them is faster.
  void prepare(std::size_t m, std::size_t divisions, bool search);

  /// Sets block.nearest for the points that it can decide, and -1 for the others; returns how many those are.
  std::size_t associate(PointBlock& block, LatticePoints& points) const;

 private:
  std::int64_t index_of(const double* part) const;

  std::size_t m_ = 0;
  std::size_t divisions_ = 0;
  bool search_ = false;
  /// compositions_[q * (divisions + 1) + r] = C(r + q, q): compositions of r into q + 1 parts.
  std::vector<std::int64_t> compositions_;
};

}  // namespace millrace
