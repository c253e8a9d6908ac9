#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/algorithm/mating_pool.hpp"

namespace millrace {

/// For tournaments by front and then by a merit inside it (crowding distance, survival score), the more the better.
/// Fronts already put feasible before infeasible and less violation before more. Both lists are by slot.
inline Preference prefer_rank_then_merit(std::span<const std::uint32_t> rank, std::span<const double> merit, Slot a,
                                         Slot b) {
  if (rank[a] != rank[b]) return rank[a] < rank[b] ? Preference::first : Preference::second;
  if (merit[a] == merit[b]) return Preference::none;
  return merit[a] > merit[b] ? Preference::first : Preference::second;
}

/// Appends the `count` members of a front with most merit, ties to the lower slot. `work` keeps its memory. O(n).
inline void append_by_merit(std::span<const Slot> front, std::span<const double> merit, std::size_t count,
                            std::vector<Slot>& work, std::vector<Slot>& survivors) {
  work.assign(front.begin(), front.end());
  const auto cut = work.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(work.begin(), cut, work.end(),
                   [&](Slot a, Slot b) { return merit[a] != merit[b] ? merit[a] > merit[b] : a < b; });
  survivors.insert(survivors.end(), work.begin(), cut);
}

}  // namespace millrace
