#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Parents and children of one generation in one pool of 2N slots. Survival renames slots; no row is moved.
class Cohorts {
 public:
  Cohorts(std::size_t population, Shape shape);

  Population& pool() { return pool_; }
  const Population& pool() const { return pool_; }
  std::size_t population() const { return population_; }
  /// Number of survivals so far: 0 while the first sample is being evaluated.
  std::uint32_t generation() const { return generation_; }
  /// Ascending; empty in generation 0.
  std::span<const Slot> parents() const { return parents_; }
  /// Slots free for the next offspring (generation 0: for the first sample), ascending, N of them.
  std::span<const Slot> children() const { return children_; }
  /// Parents and children together: every slot in use, ascending.
  std::span<const Slot> members() const { return {all_.data(), generation_ == 0 ? population_ : 2 * population_}; }

  /// Makes `survivors` (N distinct members) the parents of the next generation.
  void survive(std::span<const Slot> survivors);

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  void split(std::span<const Slot> survivors);

  std::size_t population_;
  Population pool_;
  std::vector<Slot> all_;
  std::vector<Slot> parents_;
  std::vector<Slot> children_;
  std::vector<std::uint8_t> survives_;
  std::uint32_t generation_ = 0;
};

}  // namespace millrace
