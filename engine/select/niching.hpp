#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/association.hpp"

namespace millrace {

/// Niche-preserving selection: Algorithm 4 of Deb and Jain 2014, doi:10.1109/TEVC.2013.2281535.
///
/// Takes `remaining` times the direction with the fewest survivors (at random among equals); from its members in the
/// last front the one at the smallest perpendicular distance if it has no survivor yet, otherwise one at random.
/// Directions without a member left are out. O(members + directions): directions are kept in buckets by their number
/// of survivors and the buckets are emptied in ascending order, which draws from the paper's distribution.
class Niching {
 public:
  /// `members` are the slots that `association` was computed for: the first `chosen` survive already, the others are
  /// the last front. Appends `remaining` of the latter to `survivors`, in the order in which they were taken (fewer
  /// only where the last front has fewer). The draws are those of row 0 of `key`.
  void select(const Association& association, std::span<const Slot> members, std::size_t chosen, std::size_t remaining,
              StreamKey key, std::vector<Slot>& survivors);

 private:
  void bucket_members(const Association& association, std::size_t chosen);
  void sort_directions();
  std::uint32_t take_member(const Association& association, std::uint32_t direction, StreamDraws& draws);

  std::vector<std::uint32_t> niche_count_;
  /// Members of direction j in the last front: member_[begin_[j]] .. member_[end_[j] - 1], positions in `members`.
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> end_;
  std::vector<std::uint32_t> member_;
  /// Directions with members by number of survivors at the start, and where each number starts.
  std::vector<std::uint32_t> by_count_;
  std::vector<std::uint32_t> first_;
  /// Directions with as many survivors as the level at work, and as the next.
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> next_level_;
};

}  // namespace millrace
