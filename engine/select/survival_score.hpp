#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/select/front_geometry.hpp"

namespace millrace {

/// Survival score of AGE-MOEA-II: Panichella 2022, doi:10.1145/3512290.3528732; its frame is that of AGE-MOEA,
/// Panichella 2019, doi:10.1145/3321707.3321839.
///
/// The first front is taken for a part of the manifold y_1^p + ... + y_m^p = 1 in normalised objectives, with p from
/// its point nearest to the ideal one. For each axis the member nearest to it scores infinity. Then, again and again,
/// that member is taken whose two smallest geodesic distances to those already taken sum to most in relation to its
/// own distance from the ideal point (in the norm with exponent p); this is its score. Members of other fronts score
/// the inverse of that distance.
///
/// O(front m) a member taken: distances along the manifold, m + 1 powers each, are measured only to members whose
/// straight distance is below the larger of their two. Owns its memory; a second call of the same size allocates
/// nothing.
class SurvivalScore {
 public:
  /// members: the first front, of `front` members, and then others. ideal, range: those of the normalisation, range >
  /// 0. Members of the first front beyond the best `most` get a score of minus infinity.
  void compute(const Columns& f, std::span<const Slot> members, std::size_t front, std::size_t most,
               std::span<const double> ideal, std::span<const double> range);

  /// An entry a member; the higher the better.
  std::span<const double> score() const { return score_; }
  /// Positions in `members` of the first front's best, best first.
  std::span<const std::uint32_t> taken() const { return taken_; }
  /// Exponent of the manifold.
  double exponent() const { return exponent_; }

 private:
  void normalise(const Columns& f, std::span<const Slot> members, std::span<const double> ideal,
                 std::span<const double> range);
  void find_corners(std::size_t front);
  void find_exponent();
  void take(std::uint32_t member);

  ManifoldPoints points_;
  double exponent_ = 1.0;
  std::vector<double> score_;
  std::vector<std::uint32_t> taken_;
  /// By member of the first front: squared distance from the ideal point, straight.
  std::vector<double> squared_;
  std::vector<std::uint8_t> is_corner_;
  std::vector<double> central_;
  /// Distance to the nearest and to the second nearest member taken, the square of the latter (minus infinity once the
  /// member is taken itself), and what its score would be.
  std::vector<double> nearest_;
  std::vector<double> second_;
  AlignedVector<double> limit_;
  AlignedVector<double> worth_;
  std::vector<std::uint32_t> found_;
  std::vector<double> distance_;
};

}  // namespace millrace
