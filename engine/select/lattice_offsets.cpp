#include "engine/select/lattice_offsets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace millrace {
namespace {

// More steps than this cost more to make than comparing the distances of the few points near a corner.
constexpr std::size_t kMostSteps = 200'000;
constexpr std::size_t kMostObjectives = 8;

}  // namespace

LatticeOffsets::LatticeOffsets(std::size_t m, std::size_t divisions, std::size_t neighbours)
    : m_(m), divisions_(divisions), count_((m + 1) * (divisions + 1), 0) {
  // count(m, h) = count(m, h - 1) + count(m - 1, h): the first coordinate is positive or zero.
  count_[0] = 1;
  for (std::size_t i = 1; i <= m; ++i)
    for (std::size_t h = 0; h <= divisions; ++h)
      count_[i * (divisions + 1) + h] = (h > 0 ? count(i, h - 1) : 0) + count(i - 1, h);
  if (m > kMostObjectives || m < 2) return;
  // A corner sees the fewest points: steps are long enough once they reach `neighbours` points from there.
  std::vector<std::int32_t> corner(m, 0);
  corner[0] = static_cast<std::int32_t>(divisions);
  std::vector<std::int32_t> step(m);
  for (longest_ = 2; !sufficient_; longest_ += 2) {
    steps_.clear();
    make(0, 0, 0, step);
    if (steps_.size() / m > kMostSteps) return;
    std::size_t reached = 0;
    for (std::size_t s = 0; s * m < steps_.size(); ++s) reached += index_after(corner, steps_.data() + s * m) >= 0;
    sufficient_ = reached >= std::min<std::size_t>(neighbours, count(m, divisions));
  }
  sort_by_length();
}

/// Every vector of entries from position `at` on with squared length up to longest_ whose sum is zero.
void LatticeOffsets::make(std::size_t at, std::int32_t sum, std::int32_t squares, std::vector<std::int32_t>& step) {
  if (steps_.size() / m_ > kMostSteps) return;
  if (at + 1 == m_) {
    if (squares + sum * sum > longest_) return;
    step[at] = -sum;
    steps_.insert(steps_.end(), step.begin(), step.end());
    return;
  }
  for (std::int32_t entry = 0; squares + entry * entry <= longest_; ++entry)
    for (const std::int32_t sign : {-1, 1}) {
      if (entry == 0 && sign == 1) continue;
      step[at] = sign * entry;
      make(at + 1, sum + step[at], squares + entry * entry, step);
    }
}

void LatticeOffsets::sort_by_length() {
  const std::size_t n = steps_.size() / m_;
  std::vector<std::int32_t> length(n);
  for (std::size_t s = 0; s < n; ++s)
    length[s] = std::inner_product(steps_.begin() + static_cast<std::ptrdiff_t>(s * m_),
                                   steps_.begin() + static_cast<std::ptrdiff_t>((s + 1) * m_),
                                   steps_.begin() + static_cast<std::ptrdiff_t>(s * m_), std::int32_t{0});
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return length[a] < length[b]; });
  std::vector<std::int32_t> sorted;
  sorted.reserve(steps_.size());
  for (const std::uint32_t s : order) {
    sorted.insert(sorted.end(), steps_.begin() + static_cast<std::ptrdiff_t>(s * m_),
                  steps_.begin() + static_cast<std::ptrdiff_t>((s + 1) * m_));
    squares_.push_back(length[s]);
  }
  steps_ = std::move(sorted);
}

std::int64_t LatticeOffsets::index_after(const std::vector<std::int32_t>& point, const std::int32_t* step) const {
  // Points before this one: for each coordinate, those that agree so far and are smaller here.
  std::uint64_t index = 0;
  std::size_t left = divisions_;
  for (std::size_t k = 0; k < m_; ++k) {
    const std::int32_t value = point[k] + step[k];
    if (value < 0 || static_cast<std::size_t>(value) > left) return -1;
    if (k + 1 == m_) break;
    index += count(m_ - k, left) - count(m_ - k, left - static_cast<std::size_t>(value));
    left -= static_cast<std::size_t>(value);
  }
  return static_cast<std::int64_t>(index);
}

LatticeOffsets::Walk::Walk(const LatticeOffsets& offsets, std::size_t first)
    : offsets_(offsets), point_(offsets.m_, 0) {
  std::uint64_t before = first;
  std::size_t left = offsets.divisions_;
  for (std::size_t k = 0; k + 1 < offsets.m_; ++k) {
    while (before >= offsets.count(offsets.m_ - k - 1, left)) {
      before -= offsets.count(offsets.m_ - k - 1, left);
      ++point_[k];
      --left;
    }
  }
  point_.back() = static_cast<std::int32_t>(left);
}

void LatticeOffsets::Walk::advance() {
  // The next point: one more at the last coordinate that can grow; everything behind it falls to the end.
  for (std::size_t k = offsets_.m_ - 1; k-- > 0;) {
    const std::int32_t behind = std::accumulate(point_.begin() + static_cast<std::ptrdiff_t>(k) + 1, point_.end(), 0);
    if (behind == 0) continue;
    ++point_[k];
    std::fill(point_.begin() + static_cast<std::ptrdiff_t>(k) + 1, point_.end(), 0);
    point_.back() = behind - 1;
    return;
  }
}

void LatticeOffsets::Walk::nearest(std::span<std::uint32_t> indices) {
  std::size_t found = 0;
  const std::size_t n = offsets_.squares_.size();
  for (std::size_t s = 0; s < n && found < indices.size();) {
    // One shell of equal length at a time; the part of it that fits is that of the lowest indices.
    shell_.clear();
    const std::int32_t squares = offsets_.squares_[s];
    for (; s < n && offsets_.squares_[s] == squares; ++s) {
      const std::int64_t index = offsets_.index_after(point_, offsets_.steps_.data() + s * offsets_.m_);
      if (index >= 0) shell_.push_back(static_cast<std::uint32_t>(index));
    }
    std::sort(shell_.begin(), shell_.end());
    for (std::size_t i = 0; i < shell_.size() && found < indices.size(); ++i) indices[found++] = shell_[i];
  }
}

}  // namespace millrace
