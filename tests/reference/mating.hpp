#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace::reference {

/// A random order: of those left a random one goes to the last free place, which the last of those left makes up for.
inline std::vector<Slot> shuffled(std::span<const Slot> parents, RowDraws& draws) {
  std::vector<Slot> left(parents.begin(), parents.end());
  std::vector<Slot> backwards;
  while (left.size() > 1) {
    const std::uint32_t at = draws.below(static_cast<std::uint32_t>(left.size()));
    backwards.push_back(left[at]);
    left[at] = left.back();
    left.pop_back();
  }
  backwards.insert(backwards.end(), left.begin(), left.end());
  std::reverse(backwards.begin(), backwards.end());
  return backwards;
}

/// Binary tournaments: `better(a, b)` is above 0 where a wins, below 0 where b does, and 0 where a coin decides.
template <class Better>
std::vector<Slot> tournaments(std::span<const Slot> parents, std::size_t count, StreamKey key, Better&& better) {
  RowDraws draws(key, 0);
  std::vector<Slot> winners;
  while (winners.size() < count) {
    std::vector<Slot> order = shuffled(parents, draws);
    if (order.size() == 1) order = {order[0], order[0]};
    for (std::size_t meeting = 0; meeting < order.size() / 2 && winners.size() < count; ++meeting) {
      const Slot a = order[2 * meeting], b = order[2 * meeting + 1];
      const int result = better(a, b);
      const bool first = result == 0 ? draws.next_u64() >= std::uint64_t{1} << 63 : result > 0;
      winners.push_back(first ? a : b);
    }
  }
  return winners;
}

inline std::vector<Slot> permutation(std::span<const Slot> parents, std::size_t count, StreamKey key) {
  RowDraws draws(key, 0);
  std::vector<Slot> chosen;
  while (chosen.size() < count)
    for (const Slot slot : shuffled(parents, draws)) chosen.push_back(slot);
  chosen.resize(count);
  return chosen;
}

/// Each parent as the target, followed by three others: every one drawn again until it is new, where four are there.
inline std::vector<Slot> differential_parents(std::span<const Slot> parents, StreamKey key) {
  std::vector<Slot> chosen;
  for (std::uint32_t t = 0; t < parents.size(); ++t) {
    RowDraws draws(key, t);
    std::vector<Slot> group{parents[t]};
    while (group.size() < 4) {
      const Slot drawn = parents[draws.below(static_cast<std::uint32_t>(parents.size()))];
      if (parents.size() < 4 || std::find(group.begin(), group.end(), drawn) == group.end()) group.push_back(drawn);
    }
    chosen.insert(chosen.end(), group.begin(), group.end());
  }
  return chosen;
}

}  // namespace millrace::reference
