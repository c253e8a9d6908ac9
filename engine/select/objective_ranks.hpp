#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Dense ranks of points in each objective: column(k)[i] < column(k)[j] exactly where f_k of point i is smaller, equal
/// where equal (minus zero equals zero). With them dominance is integer arithmetic.
///
/// One vectorised sort of 64-bit words an objective: the upper bits of the value in an order-preserving form, the index
/// of the point below. Values that agree in the upper bits are put right afterwards. O(M n log n).
class ObjectiveRanks {
 public:
  /// Point i is row points[i] of f; no NaN.
  void compute(const Columns& f, std::span<const Slot> points, Workers& workers);

  std::size_t points() const { return points_; }
  std::size_t objectives() const { return distinct_.size(); }
  const std::uint32_t* column(std::size_t k) const { return ranks_.data() + k * points_; }
  /// Number of different values of objective k: ranks are 0 .. distinct(k) - 1.
  std::uint32_t distinct(std::size_t k) const { return distinct_[k]; }

 private:
  std::size_t points_ = 0;
  std::vector<std::uint32_t> ranks_;
  std::vector<std::uint32_t> distinct_;
  /// One array of keys a thread.
  std::vector<std::vector<std::uint64_t>> keys_;
};

/// The ranks of one column: ranks[i] is that of row points[i]; returns how many are different. `keys` is work space for
/// points.size() words; at least one point.
std::uint32_t rank_column(const double* column, std::span<const Slot> points, std::span<std::uint64_t> keys,
                          std::uint32_t* ranks);

/// Unsigned integer with the order of the double; both zeros give the same.
inline std::uint64_t ordered_bits(double value) {
  const auto bits = std::bit_cast<std::int64_t>(value + 0.0);
  return static_cast<std::uint64_t>(bits ^ ((bits >> 63) | std::numeric_limits<std::int64_t>::min()));
}

/// Sorts words ascending (Highway's vqsort: the result does not depend on the SIMD target).
void sort_words(std::span<std::uint64_t> words);
void sort_words(std::span<std::uint32_t> words);

}  // namespace millrace
