#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Who mates with whom: group q reads the rows `parents[q*p ..]` and writes the rows `children[q*c ..]`, where a
/// crossover takes p parents and makes c children a group. The last group may lack child slots; those children are not
/// made. No child slot is a parent slot or occurs twice.
struct Mating {
  DecisionRows& x;
  std::span<const Slot> parents;
  std::span<const Slot> children;

  const double* parent(std::size_t index) const { return x.row_data(parents[index]); }
  /// nullptr where the last group has no slot for this child.
  double* child(std::size_t index) const { return index < children.size() ? x.row_data(children[index]) : nullptr; }
};

/// Groups first .. last-1 of a mating. The index of a group is the row of its draws, so that any split into ranges
/// gives the same children.
struct GroupRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

}  // namespace millrace
