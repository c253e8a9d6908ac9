#include "engine/select/crowding.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/select/objective_ranks.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// upper - lower where upper >= lower: equal infinities have no gap.
double gap(double lower, double upper) { return upper == lower ? 0.0 : upper - lower; }

}  // namespace

/// One sort of words, the upper bits of the value above the index; values that agree in those are put right afterwards.
void CrowdingDistance::order_by_value(const double* column) {
  const std::size_t n = slots_.size();
  const int index_bits = std::bit_width(n - 1);
  const std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
  for (std::size_t i = 0; i < n; ++i) keys_[i] = (ordered_bits(column[slots_[i]]) & ~index_mask) | i;
  sort_words(keys_);
  for (std::size_t i = 0; i < n; ++i) order_[i] = static_cast<std::uint32_t>(keys_[i] & index_mask);
  const auto precedes = [&](std::uint32_t a, std::uint32_t b) {
    const double value = column[slots_[a]], other = column[slots_[b]];
    return value != other ? value < other : a < b;
  };
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i + 1;
    while (end < n && ((keys_[end] ^ keys_[i]) >> index_bits) == 0) ++end;
    const auto first = order_.begin() + static_cast<std::ptrdiff_t>(i);
    const auto last = order_.begin() + static_cast<std::ptrdiff_t>(end);
    if (end > i + 1 && !std::is_sorted(first, last, precedes)) std::sort(first, last, precedes);
    i = end;
  }
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
