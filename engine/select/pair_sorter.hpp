#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/select/dominance_matrix.hpp"
#include "engine/select/objective_ordinals.hpp"

namespace millrace {

/// Front of every one of few points, in any number of objectives: peels front after front off the matrix of all pairs.
///
/// A point leaves with the front in which no bit of its row is left; equal points are one point. Bits are candidates,
/// verified on the values when they are met, and only until one holds: while that dominator stays, so does the point.
/// O(n^2 M / 32) with a small constant; large sets are faster in a tree (dominance_tree.hpp).
class PairSorter {
 public:
  static constexpr std::size_t kMostPoints = DominanceMatrix::kMostPoints;
  /// Of ObjectiveOrdinals: verifying a few pairs more is less work than sorting an objective.
  static constexpr std::size_t kFewestClasses = 4;
  static constexpr std::uint32_t kUnranked = 0xFFFFFFFFu;

  /// Fronts from 0 until at least `stop_at` points have theirs; the others get kUnranked. At most kMostPoints points.
  void sort(const ObjectiveOrdinals& ordinals, std::size_t stop_at, std::span<std::uint32_t> front_of_point);

 private:
  void find_copies();
  bool is_dominated(std::uint32_t point);

  /// A power of two, more than twice the points: chains of the hash table stay short.
  static constexpr std::size_t kTable = 2048;
  static constexpr std::uint16_t kNone = 0xFFFF;

  const ObjectiveOrdinals* ordinals_ = nullptr;
  DominanceMatrix matrix_;
  /// Bits of the points that have no front yet, without copies.
  std::vector<std::uint64_t> present_;
  /// Points without a front, without copies, and the front in the making.
  std::vector<std::uint32_t> waiting_;
  std::vector<std::uint32_t> front_;
  /// The equal point with the least number (itself, if there is none less), and how many are equal to each.
  std::vector<std::uint32_t> original_;
  std::vector<std::uint32_t> copies_;
  /// A verified dominator of each point.
  std::vector<std::uint32_t> dominator_;
  std::vector<std::uint32_t> hash_;
  std::array<std::uint16_t, kTable> first_;
  std::vector<std::uint16_t> next_;
};

}  // namespace millrace
