#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/indicator/hypervolume_memory.hpp"

namespace millrace {

/// Which points of a set count as the others of a point.
enum class Others {
  earlier,  ///< those with a lower turn
  all       ///< every other point
};

/// Volume that point `index` of `set` has to itself against `others`, in the first `objectives` objectives of the set
/// and below `reference`; 3 <= objectives. The set must be stored in the order of objective `objectives` - 1.
double exclusive_volume(const PointSet& set, std::size_t index, Others others, std::size_t objectives,
                        std::span<const double> reference, const Places& places, HypervolumeMemory& memory);

/// Hypervolume of a set of four objectives stored in the order of objective 3, O(n^2).
double sweep_four_objectives(const PointSet& set, std::span<const double> lower, std::span<const double> reference,
                             HypervolumeMemory& memory);

/// covered[i] = whether a point stored before point i is nowhere worse in the first `objectives`, for begin <= i < end.
/// In the order of one of them that finds every dominated point but for ties. O((end - begin) n m).
void mark_covered(const PointSet& set, std::size_t objectives, std::size_t begin, std::size_t end,
                  std::span<std::uint8_t> covered);

/// The points of `from` with a turn below `turn` go to `to`, in the same order.
void keep_earlier(const PointSet& from, double turn, PointSet& to);

}  // namespace millrace
