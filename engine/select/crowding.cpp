#include "engine/select/crowding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/select/objective_ranks.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// upper - lower where upper >= lower: equal infinities have no gap.
double gap(double lower, double upper) { return upper == lower ? 0.0 : upper - lower; }

}  // namespace

void CrowdingDistance::order_by_value(const double* column) {
  const std::size_t n = slots_.size();
  const std::uint32_t distinct = rank_column(column, slots_, keys_, ranks_.data());
  // Counting sort by rank; it keeps the order by slot among equal values.
  begin_.assign(distinct + 1, 0);
  for (const std::uint32_t rank : ranks_) ++begin_[rank + 1];
  for (std::size_t r = 1; r <= distinct; ++r) begin_[r] += begin_[r - 1];
  for (std::uint32_t i = 0; i < n; ++i) order_[begin_[ranks_[i]]++] = i;
}

void CrowdingDistance::compute(const Columns& f, std::span<const Slot> front, std::span<double> distance) {
  const std::size_t n = front.size();
  std::fill(distance.begin(), distance.end(), 0.0);
  if (n == 0) return;
  words_.resize(n);
  for (std::size_t i = 0; i < n; ++i) words_[i] = std::uint64_t{front[i]} << 32 | i;
  if (!std::is_sorted(words_.begin(), words_.end())) sort_words(words_);
  slots_.resize(n);
  position_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    slots_[i] = static_cast<Slot>(words_[i] >> 32);
    position_[i] = static_cast<std::uint32_t>(words_[i]);
  }
  order_.resize(n);
  keys_.resize(n);
  ranks_.resize(n);
  for (std::size_t k = 0; k < f.columns(); ++k) {
    const double* column = f.column_data(k);
    order_by_value(column);
    const auto value = [&](std::size_t i) { return column[slots_[order_[i]]]; };
    if (value(0) == value(n - 1)) continue;

    std::size_t lowest = 0, highest = n - 1;
    while (lowest < highest && std::isinf(value(lowest))) ++lowest;
    while (highest > lowest && std::isinf(value(highest))) --highest;
    double range = value(highest) - value(lowest);
    if (!(range > 0.0 && std::isfinite(range))) range = 1.0;

    distance[position_[order_[0]]] = kInfinity;
    distance[position_[order_[n - 1]]] = kInfinity;
    for (std::size_t i = 1; i + 1 < n; ++i) distance[position_[order_[i]]] += gap(value(i - 1), value(i + 1)) / range;
  }
}

}  // namespace millrace
