#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Objectives of points as 16-bit integers of the same order: f_k of point i at most that of point j implies
/// column(k)[i] <= column(k)[j]. Different values may share an ordinal, so a dominance found on ordinals is a candidate
/// that has to be verified on the values; one that is absent there is absent.
///
/// Values that are well spread are cut into equal steps, which costs one pass; values beyond the bulk share the last
/// step. Where a sample says that equal steps would separate too little (constant, discrete or skewed objectives) the
/// ordinals are dense ranks, which costs a sort. Either way what dominates what is the same.
class ObjectiveOrdinals {
 public:
  static constexpr std::uint16_t kLargest = 0xFFFE;

  /// Point i is row points[i] of f; no NaN. Both must live as long as this is read. Equal steps are taken where a sample
  /// of 32 values meets at least `fewest_classes` of 256 classes of them. O(M n), O(M n log n) with ranks.
  void compute(const Columns& f, std::span<const Slot> points, std::size_t fewest_classes, Workers& workers);

  std::size_t points() const { return points_.size(); }
  std::size_t objectives() const { return f_ == nullptr ? 0 : f_->columns(); }
  const std::uint16_t* column(std::size_t k) const { return ordinals_.data() + k * points(); }

  /// -1, 0, 1 by the values of points a and b, objective after objective.
  int compare(std::uint32_t a, std::uint32_t b) const;
  /// Whether point a is at most point b in every objective.
  bool at_most(std::uint32_t a, std::uint32_t b) const;

 private:
  /// What one thread works with.
  struct Bench {
    std::vector<double> values;
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> ranks;
  };

  void compute_column(const double* column, Bench& bench, std::uint16_t* ordinals) const;
  void rank(const double* column, Bench& bench, std::uint16_t* ordinals) const;

  const Columns* f_ = nullptr;
  std::size_t fewest_classes_ = 0;
  std::span<const Slot> points_;
  std::vector<std::uint16_t> ordinals_;
  std::vector<Bench> benches_;
};

}  // namespace millrace
