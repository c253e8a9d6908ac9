#include "engine/select/pair_sorter.hpp"

#include <algorithm>
#include <bit>

namespace millrace {
namespace {

/// Multiplier of a multiplicative hash: 2^32 over the golden ratio.
constexpr std::uint32_t kSpread = 0x9E3779B9u;

}  // namespace

void PairSorter::sort(const ObjectiveOrdinals& ordinals, std::size_t stop_at, std::span<std::uint32_t> front_of_point) {
  ordinals_ = &ordinals;
  const std::size_t n = ordinals.points();
  matrix_.compute(ordinals);
  find_copies();
  dominator_.assign(n, kUnranked);
  std::fill(front_of_point.begin(), front_of_point.end(), kUnranked);
  std::size_t ranked = 0;
  for (std::uint32_t front = 0; ranked < stop_at && !waiting_.empty(); ++front) {
    front_.clear();
    std::size_t left = 0;
    for (const std::uint32_t point : waiting_) {
      if (is_dominated(point)) waiting_[left++] = point;
      else front_.push_back(point);
    }
    waiting_.resize(left);
    for (const std::uint32_t point : front_) {
      present_[point / 64] &= ~(std::uint64_t{1} << point % 64);
      front_of_point[point] = front;
      ranked += copies_[point];
    }
  }
  for (std::size_t i = 0; i < n; ++i) front_of_point[i] = front_of_point[original_[i]];
}

/// Equal points have equal ordinals, so they meet in a hash table of those.
void PairSorter::find_copies() {
  const std::size_t n = ordinals_->points();
  hash_.assign(n, 0);
  for (std::size_t k = 0; k < ordinals_->objectives(); ++k)
    for (std::size_t i = 0; i < n; ++i) hash_[i] = (hash_[i] + ordinals_->column(k)[i]) * kSpread;
  first_.fill(kNone);
  next_.resize(n);
  original_.resize(n);
  copies_.assign(n, 0);
  present_.assign(matrix_.words(), 0);
  waiting_.clear();
  for (std::uint32_t i = 0; i < n; ++i) {
    std::uint16_t& first = first_[hash_[i] / (std::uint32_t{0xFFFFFFFFu} / kTable + 1)];
    std::uint16_t same = first;
    while (same != kNone && (hash_[same] != hash_[i] || ordinals_->compare(same, i) != 0)) same = next_[same];
    original_[i] = same == kNone ? i : same;
    ++copies_[original_[i]];
    if (same != kNone) continue;
    next_[i] = first;
    first = static_cast<std::uint16_t>(i);
    waiting_.push_back(i);
    present_[i / 64] |= std::uint64_t{1} << i % 64;
  }
}

bool PairSorter::is_dominated(std::uint32_t point) {
  const auto present = [this](std::uint32_t j) { return (present_[j / 64] >> j % 64 & 1) != 0; };
  if (dominator_[point] != kUnranked && present(dominator_[point])) return true;
  const auto row = matrix_.row(point);
  for (std::size_t w = 0; w < row.size(); ++w) {
    std::uint64_t& bits = row[w];
    bits &= present_[w];
    while (bits != 0) {
      const auto j = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      // Copies are not present, so whoever is at most the point and is not the point dominates it.
      if (j != point && ordinals_->at_most(j, point)) {
        dominator_[point] = j;
        return true;
      }
      bits &= bits - 1;
    }
  }
  return false;
}

}  // namespace millrace
