#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace {

/// Steps between points of the simplex lattice with `divisions`, by ascending length: integer vectors of m entries that
/// sum to zero. What is a neighbour of one point is, shifted, a neighbour of every other that has room for it.
class LatticeOffsets {
 public:
  /// Enough steps for the `neighbours` nearest of any point, where that is affordable (see sufficient()).
  LatticeOffsets(std::size_t m, std::size_t divisions, std::size_t neighbours);

  /// False where a corner of the lattice would need longer steps than were made: the caller compares all distances.
  bool sufficient() const { return sufficient_; }

  /// Visits the points in the order of das_dennis (ascending, lexicographic).
  class Walk {
   public:
    Walk(const LatticeOffsets& offsets, std::size_t first);
    void advance();
    /// The nearest points of the current one, itself first, ties to the lower index.
    void nearest(std::span<std::uint32_t> indices);

   private:
    const LatticeOffsets& offsets_;
    std::vector<std::int32_t> point_;
    std::vector<std::uint32_t> shell_;
  };

 private:
  void make(std::size_t at, std::int32_t sum, std::int32_t squares, std::vector<std::int32_t>& step);
  void sort_by_length();
  /// Index of point + step, or a negative number where the step leaves the lattice.
  std::int64_t index_after(const std::vector<std::int32_t>& point, const std::int32_t* step) const;
  /// Points of the lattice with m objectives and h divisions.
  std::uint64_t count(std::size_t m, std::size_t h) const { return count_[m * (divisions_ + 1) + h]; }

  std::size_t m_;
  std::size_t divisions_;
  std::int32_t longest_ = 0;
  bool sufficient_ = false;
  std::vector<std::uint64_t> count_;
  /// Entries of step s at s * m, and its squared length.
  std::vector<std::int32_t> steps_;
  std::vector<std::int32_t> squares_;
};

}  // namespace millrace
