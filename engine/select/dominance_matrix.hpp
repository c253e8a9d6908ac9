#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/select/objective_ordinals.hpp"

namespace millrace {

/// Which of few points may dominate which: a bit for every pair. Without order and without a tree, so up to some
/// hundred points it is done before either were made.
///
/// It compares the upper 8 bits of the ordinals, so that twice as many points meet in an instruction; what they cannot
/// tell apart is left to whoever looks at the values.
class DominanceMatrix {
 public:
  static constexpr std::size_t kMostPoints = 512;

  /// Compares all pairs of at most kMostPoints points, 64 at a time. O(n^2 M / 64).
  void compute(const ObjectiveOrdinals& ordinals);

  /// Words of a row.
  std::size_t words() const { return words_; }
  /// Bit j of the row of point i is set where point j is at most point i in every objective, and perhaps where it is
  /// above it by less than the 8 bits show. Bits beyond the last point mean nothing. Whoever found a bit to be wrong
  /// may clear it.
  std::span<std::uint64_t> row(std::size_t i) { return {rows_.data() + i * words_, words_}; }

 private:
  std::size_t words_ = 0;
  /// 64 points a block, objective after objective.
  AlignedVector<std::uint8_t> blocks_;
  AlignedVector<std::uint64_t> rows_;
};

}  // namespace millrace
