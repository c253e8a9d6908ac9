#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace {

/// Which of two parents a tournament prefers.
enum class Preference { first, second, none };

/// Chooses the parents of a generation. Owns its permutation, so that mating allocates nothing after the first time.
class MatingPool {
 public:
  /// `count` parents by binary tournaments: the parents are shuffled and neighbours meet, as often as needed, so that
  /// over two shuffles each takes part exactly twice (as in the NSGA-II code of Deb's laboratory). `prefer(a, b)`
  /// decides; without a preference a coin does.
  template <class Prefer>
  std::span<const Slot> tournaments(std::span<const Slot> parents, std::size_t count, StreamKey key, Prefer&& prefer) {
    StreamDraws draws(key, 0);
    chosen_.clear();
    while (chosen_.size() < count) {
      order_.assign(parents.begin(), parents.end());
      shuffle(std::span<Slot>(order_), draws);
      if (order_.size() == 1) order_.push_back(order_.front());
      for (std::size_t i = 0; i + 1 < order_.size() && chosen_.size() < count; i += 2)
        chosen_.push_back(winner(order_[i], order_[i + 1], prefer(order_[i], order_[i + 1]), draws));
    }
    return chosen_;
  }

  /// `count` parents without a tournament: the parents in random order, each once, shuffled anew when they run out.
  std::span<const Slot> permutation(std::span<const Slot> parents, std::size_t count, StreamKey key);

  /// Four parents a child for differential evolution: `targets` in turn, each followed by three others, drawn distinct
  /// from it and from each other where there are at least four parents.
  std::span<const Slot> differential(std::span<const Slot> parents, std::span<const Slot> targets, StreamKey key);

 private:
  static Slot winner(Slot a, Slot b, Preference preference, StreamDraws& draws) {
    if (preference == Preference::none) return (draws.next_u64() >> 63) != 0 ? a : b;
    return preference == Preference::first ? a : b;
  }

  std::vector<Slot> order_;
  std::vector<Slot> chosen_;
};

/// Feasibility first (Deb 2000): less violation is preferred; two feasible parents are equal.
inline Preference prefer_less_violation(const Population& pool, Slot a, Slot b) {
  if (pool.violation[a] == pool.violation[b]) return Preference::none;
  return pool.violation[a] < pool.violation[b] ? Preference::first : Preference::second;
}

}  // namespace millrace
