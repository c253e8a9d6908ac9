#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace {

/// The population of a steady-state algorithm, which one child enters at a time, in one pool with the slots that its
/// owner works in. Constrained domination decides: feasible before infeasible, less violation before more, then Pareto.
class BorgPopulation {
 public:
  /// Slots 0 .. work-1 of the pool are the owner's; the members lie behind them.
  BorgPopulation(std::size_t work, std::size_t capacity, Shape shape);

  Population& pool() { return pool_; }
  std::size_t size() const { return count_; }
  /// Makes room for so many members; the pool at least doubles where it must grow.
  void reserve(std::size_t members);

  /// Places for the first `count` members (within the capacity), to be sampled and evaluated there ...
  std::span<const Slot> places(std::size_t count) const { return std::span(places_).first(count); }
  /// ... and then counted as members.
  void take_places(std::size_t count);
  void clear() { count_ = 0; }
  /// A copy of an individual of any pool becomes a member, without a contest. Room must be there.
  void append(const Population& source, Slot from);

  /// Slot of the best of `rounds` members drawn with replacement; the one drawn first where none is better.
  Slot tournament(std::size_t rounds, RowDraws& draws) const;
  /// A child takes the place of one of the members that it dominates, drawn at random; of any member, where it
  /// dominates none and none dominates it; otherwise of none. O(members M), with SIMD.
  void offer(Slot child, RowDraws draws);

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  bool dominates(std::size_t a, std::size_t b) const;
  void note(std::size_t row, Slot slot);
  void replace(std::size_t member, Slot child);

  std::size_t work_;
  std::size_t count_ = 0;
  Population pool_;
  /// Slot of each possible member: work, work + 1, ...
  std::vector<Slot> places_;
  /// Row by member: violation, then the objectives, infinite where infeasible. So constrained domination is Pareto's.
  Columns standing_;
  std::vector<Slot> weaker_;
  std::vector<Slot> stronger_;
};

}  // namespace millrace
