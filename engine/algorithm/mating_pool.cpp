#include "engine/algorithm/mating_pool.hpp"

#include <array>

namespace millrace {

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
