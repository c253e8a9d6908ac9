#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/select/objective_ordinals.hpp"

namespace millrace {

/// Finds a point that dominates a given one, among different points that can be removed.
///
/// A tree of 32 children a node, without pointers: level 0 holds the points in blocks of 32, level l + 1 the smallest
/// ordinal in each objective of every block of level l. All levels look alike: 16-bit ordinals, objective after
/// objective, 32 lanes each, so that one pass of M subtractions tests 32 points or 32 corners. Points stand in Z-order
/// (bits of the ordinals interleaved), large sets in the order of a k-d tree (cut by one objective after the other).
/// Both keep near points in one block and put every dominating point before the dominated one: a search starts at the
/// point and walks towards the front of the order, so it finds a close dominating point first. Hits are verified on the
/// objective values.
class DominanceTree {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  /// Of ObjectiveOrdinals: with fewer the order puts too little apart.
  static constexpr std::size_t kFewestClasses = 16;

  /// From `fewest_to_split` points and 4 objectives on the order is that of a k-d tree.
  explicit DominanceTree(std::size_t fewest_to_split) : fewest_to_split_(fewest_to_split) {}

  /// Takes all points. Equal points become one entry; entries are numbered 0 .. size() - 1 in their order. `ordinals`
  /// and what they are made from must stay as they are while the tree is searched.
  void build(const ObjectiveOrdinals& ordinals, Workers& workers);
  std::size_t size() const { return size_; }
  /// Entry of each point.
  std::span<const std::uint32_t> entry_of_point() const { return entry_of_point_; }

  /// found[i] = an entry in the tree that dominates entries[i], the last in the order; kNone where there is none.
  /// Reads only: threads may share the tree.
  void find_dominators(std::span<const std::uint32_t> entries, std::uint32_t* found) const;

  /// Takes entries that are in the tree out of it.
  void remove(std::span<const std::uint32_t> entries, Workers& workers);

 private:
  void order_by_first_objective();
  void order_by_z_code();
  void order_ties(int index_bits);
  void number_entries();
  void sort_by(std::span<std::uint64_t> entries, std::size_t k) const;
  std::size_t part_of(std::size_t entries) const;
  void split(std::span<std::uint64_t> entries, std::size_t k) const;
  void split_entries(Workers& workers);
  void renumber_entries();
  void fill_leaves(Workers& workers);
  void pack(Workers& workers);
  void raise_corners(Workers& workers);
  void raise_corner(std::size_t level, std::size_t b);

  std::size_t fewest_to_split_;
  const ObjectiveOrdinals* ordinals_ = nullptr;
  std::size_t objectives_ = 0;
  std::size_t size_ = 0;
  /// Positions at level 0, among them removed entries.
  std::size_t positions_ = 0;
  std::size_t removed_ = 0;
  /// Words (code, point), later (ordinal, entry), in order.
  std::vector<std::uint64_t> order_;
  std::vector<std::uint32_t> sums_;
  std::vector<std::uint32_t> entry_of_point_;
  std::vector<std::uint32_t> point_of_entry_;
  std::vector<std::uint32_t> position_of_entry_;
  std::vector<std::uint32_t> entry_at_;
  std::vector<AlignedVector<std::uint16_t>> levels_;
  /// Number of levels in use.
  std::size_t depth_ = 0;
};

/// What the search kernel reads of a tree.
struct DominanceTreeView {
  static constexpr std::size_t kMostLevels = 7;
  const std::uint16_t* level[kMostLevels];
  std::size_t levels;
  std::size_t objectives;
  const std::uint32_t* position_of_entry;
  const std::uint32_t* entry_at;
  const std::uint32_t* point_of_entry;
  const ObjectiveOrdinals* ordinals;
};

/// The search for every entry of `entries`, see DominanceTree::find_dominators.
void find_dominators_in(const DominanceTreeView& tree, std::span<const std::uint32_t> entries, std::uint32_t* found);

}  // namespace millrace
