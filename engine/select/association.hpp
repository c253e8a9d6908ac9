#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {

/// Nearest reference direction of each member: step two of NSGA-III's niching, Deb and Jain 2014, section IV-D,
/// doi:10.1109/TEVC.2013.2281535.
///
/// Member i becomes the point y = (f - ideal) / range, clamped to [0, 1e60] (so that infinities and points better than
/// the ideal are legal), and its direction is the one with the greatest dot product with y, which is the one at the
/// smallest perpendicular distance; ties go to the lowest index. The dot product is fused from objective 0 upwards on
/// targets that fuse, so AVX2 and AVX-512 give the same bits.
///
/// Cost: O(1) directions a member on a Das-Dennis lattice (lattice_association.hpp), all of them elsewhere
/// (direction_search.hpp). Owns its memory; a second call of the same size allocates nothing.
class Association {
 public:
  Association();
  ~Association();
  Association(Association&&) noexcept;
  Association& operator=(Association&&) noexcept;

  /// ideal, range: M entries, range > 0. At least one direction; f, ideal, range and directions agree on M.
  void compute(const Columns& f, std::span<const Slot> members, std::span<const double> ideal,
               std::span<const double> range, const ReferenceDirections& directions, Workers& workers);

  /// Index of the direction, an entry a member.
  std::span<const std::uint32_t> nearest() const;
  /// Perpendicular distance to it in normalised objectives, an entry a member.
  std::span<const double> distance() const;
  /// Number of directions of the last call.
  std::size_t directions() const;

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace millrace
