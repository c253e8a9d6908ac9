#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "tests/reference/dominance.hpp"

namespace millrace::reference {

/// Fronts by definition: front 0 is what nothing dominates, front r what only the fronts before it dominate. Each front
/// ascending by slot, with the stopping rule of NondominatedSorter. O(fronts n^2 M).
template <class Dominates>
std::vector<std::vector<Slot>> nondominated_fronts(std::span<const Slot> members, std::size_t stop_at,
                                                   Dominates&& dominates_pair) {
  std::vector<Slot> rest(members.begin(), members.end());
  std::sort(rest.begin(), rest.end());
  std::vector<std::vector<Slot>> fronts;
  std::size_t ranked = 0;
  while (!rest.empty() && ranked < stop_at) {
    std::vector<Slot> front;
    std::vector<Slot> later;
    for (const Slot b : rest) {
      bool dominated = false;
      for (const Slot a : rest) dominated = dominated || dominates_pair(a, b);
      (dominated ? later : front).push_back(b);
    }
    ranked += front.size();
    fronts.push_back(front);
    rest = later;
  }
  return fronts;
}

}  // namespace millrace::reference
