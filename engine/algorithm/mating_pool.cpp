#include "engine/algorithm/mating_pool.hpp"

#include <algorithm>
#include <array>

namespace millrace {

std::span<const Slot> MatingPool::permutation(std::span<const Slot> parents, std::size_t count, StreamKey key) {
  StreamDraws draws(key, 0);
  chosen_.clear();
  while (chosen_.size() < count) {
    order_.assign(parents.begin(), parents.end());
    shuffle(std::span<Slot>(order_), draws);
    const std::size_t taken = std::min(order_.size(), count - chosen_.size());
    chosen_.insert(chosen_.end(), order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(taken));
  }
  return chosen_;
}

std::span<const Slot> MatingPool::differential(std::span<const Slot> parents, std::span<const Slot> targets,
                                               StreamKey key) {
  const auto n = static_cast<std::uint32_t>(parents.size());
  chosen_.clear();
  for (std::size_t t = 0; t < targets.size(); ++t) {
    RowDraws draws(key, static_cast<std::uint32_t>(t));
    std::array<Slot, 4> group = {targets[t], 0, 0, 0};
    for (std::size_t r = 1; r < group.size(); ++r) {
      bool taken = true;
      while (taken) {
        group[r] = parents[draws.below(n)];
        taken = false;
        for (std::size_t q = 0; q < r && n >= 4; ++q) taken |= group[q] == group[r];
      }
    }
    chosen_.insert(chosen_.end(), group.begin(), group.end());
  }
  return chosen_;
}

}  // namespace millrace
