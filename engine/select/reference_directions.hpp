#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/data/columns.hpp"

namespace millrace {

/// Reference directions of NSGA-III, weight vectors of MOEA/D: points of the unit simplex, count() x objectives().
class ReferenceDirections {
 public:
  ReferenceDirections() = default;
  /// Each row of `weights` is non-negative and sums to 1.
  explicit ReferenceDirections(Columns weights);

  std::size_t count() const { return weights_.rows(); }
  std::size_t objectives() const { return weights_.columns(); }
  const Columns& weights() const { return weights_; }
  /// The weights scaled to Euclidean length 1.
  const Columns& units() const { return units_; }
  /// Set where the directions are exactly das_dennis(objectives(), divisions), in that order.
  std::optional<std::size_t> lattice_divisions() const { return lattice_divisions_; }

 private:
  friend ReferenceDirections das_dennis(std::size_t m, std::size_t divisions);
  Columns weights_;
  Columns units_;
  std::optional<std::size_t> lattice_divisions_;
};

/// Number of points of the simplex lattice, C(m + h - 1, h); the largest size_t where that does not fit.
std::size_t das_dennis_count(std::size_t m, std::size_t h);

/// All points of the simplex whose coordinates are multiples of 1/divisions, ascending in lexicographic order.
/// Das and Dennis 1998, doi:10.1137/S1052623496307510. divisions 0 gives the centre alone. Throws std::invalid_argument
/// where m is 0 or the count exceeds 2^31.
ReferenceDirections das_dennis(std::size_t m, std::size_t divisions);

/// A lattice on the simplex, followed by one shrunk towards the centre by `shrink` (Deb and Jain 2014, section IV-F,
/// doi:10.1109/TEVC.2013.2281535).
ReferenceDirections two_layer(std::size_t m, std::size_t outer, std::size_t inner, double shrink = 0.5);

/// `count` well-spread points for any count, by minimising the Riesz s-energy on the simplex.
/// Blank, Deb, Dhebar, Bandaru and Seada 2021, doi:10.1109/TEVC.2020.2992387. The first m points are the unit vectors
/// where count >= m; count 1 gives the centre. The same arguments give the same bits. O(count^2 m) an iteration.
/// Differs from the paper: s is m^2 rounded down to even; the start takes the farthest of 8 count + 64 samples in turn;
/// the gradient is scaled point by point and the step shrinks linearly over 200 iterations, instead of Adam.
/// Small sets that were asked for before in this process are remembered.
ReferenceDirections riesz_energy(std::size_t m, std::size_t count, std::uint64_t seed);

/// Exactly `count` directions: a lattice of one layer, or of two where m >= 8, if one has that many points; otherwise
/// riesz_energy(m, count, seed). count >= 1; with one objective there is one direction, whatever the count.
ReferenceDirections directions_for(std::size_t m, std::size_t count, std::uint64_t seed);

}  // namespace millrace
