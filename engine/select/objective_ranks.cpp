#include "engine/select/objective_ranks.hpp"

#include <hwy/contrib/sort/vqsort.h>

#include <algorithm>
#include <bit>

namespace millrace {
namespace {

/// Below this many points the whole ranking is shorter than a parallel region.
constexpr std::size_t kParallelPoints = 4096;

/// Ranks the points of keys[begin, end), which agree in their upper bits; returns the next free rank.
std::uint32_t rank_ties(std::span<std::uint64_t> keys, std::uint64_t index_mask, const double* column,
                        std::span<const Slot> points, std::uint32_t rank, std::uint32_t* ranks) {
  const auto value = [&](std::uint64_t key) { return column[points[key & index_mask]]; };
  const double first = value(keys[0]);
  const bool all_equal = std::all_of(keys.begin(), keys.end(), [&](std::uint64_t key) { return value(key) == first; });
  if (!all_equal)
    std::sort(keys.begin(), keys.end(), [&](std::uint64_t a, std::uint64_t b) { return value(a) < value(b); });
  ranks[keys[0] & index_mask] = rank;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (!all_equal && value(keys[i]) != value(keys[i - 1])) ++rank;
    ranks[keys[i] & index_mask] = rank;
  }
  return rank + 1;
}

}  // namespace

std::uint32_t rank_column(const double* column, std::span<const Slot> points, std::span<std::uint64_t> keys,
                          std::uint32_t* ranks) {
  const std::size_t n = points.size();
  const int index_bits = std::bit_width(n - 1);
  const std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
  for (std::size_t i = 0; i < n; ++i) keys[i] = (ordered_bits(column[points[i]]) & ~index_mask) | i;
  sort_words(keys);

  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i + 1;
    while (end < n && ((keys[end] ^ keys[i]) >> index_bits) == 0) ++end;
    if (end == i + 1) ranks[keys[i] & index_mask] = rank++;
    else rank = rank_ties(keys.subspan(i, end - i), index_mask, column, points, rank, ranks);
    i = end;
  }
  return rank;
}

void ObjectiveRanks::compute(const Columns& f, std::span<const Slot> points, Workers& workers) {
  const std::size_t m = f.columns();
  points_ = points.size();
  ranks_.resize(m * points_);
  distinct_.assign(m, 0);
  if (points_ == 0) return;
  if (keys_.size() < workers.threads()) keys_.resize(workers.threads());
  workers.for_blocks(m, points_ < kParallelPoints ? m : 1, [&](std::size_t begin, std::size_t end) {
    auto& keys = keys_[workers.thread_index()];
    keys.resize(points_);
    for (std::size_t k = begin; k < end; ++k)
      distinct_[k] = rank_column(f.column_data(k), points, keys, ranks_.data() + k * points_);
  });
}

void sort_words(std::span<std::uint64_t> words) { hwy::Sorter{}(words.data(), words.size(), hwy::SortAscending{}); }
void sort_words(std::span<std::uint32_t> words) { hwy::Sorter{}(words.data(), words.size(), hwy::SortAscending{}); }

}  // namespace millrace
