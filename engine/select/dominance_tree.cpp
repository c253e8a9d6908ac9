#include "engine/select/dominance_tree.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/select/objective_ranks.hpp"

namespace millrace {
namespace {

constexpr std::size_t kWidth = 32;
/// Above every ordinal in use: a removed lane or one beyond the end is at most nothing.
constexpr std::uint16_t kNowhere = 0xFFFF;
static_assert(kNowhere > ObjectiveOrdinals::kLargest);
/// With fewer the Z-order is as good.
constexpr std::size_t kFewestObjectivesToSplit = 4;
/// Blocks of points that are worth a task: some 200 ns each.
constexpr std::size_t kBlocksATask = 160;
/// Bits of an ordinal that enter the Z-code: one table look-up.
constexpr int kMostCodeBits = 8;

/// spread[v]: bit b of v moved to bit b * stride.
std::array<std::uint64_t, 1 << kMostCodeBits> spread_table(std::size_t stride, int bits) {
  std::array<std::uint64_t, 1 << kMostCodeBits> spread{};
  for (std::size_t v = 0; v < std::size_t{1} << bits; ++v)
    for (int b = 0; b < bits; ++b) spread[v] |= std::uint64_t{v >> b & 1} << (static_cast<std::size_t>(b) * stride);
  return spread;
}

}  // namespace

void DominanceTree::build(const ObjectiveOrdinals& ordinals, Workers& workers) {
  ordinals_ = &ordinals;
  objectives_ = ordinals.objectives();
  const bool split = ordinals.points() >= fewest_to_split_ && objectives_ >= kFewestObjectivesToSplit;
  if (split) order_by_first_objective();
  else order_by_z_code();
  number_entries();
  if (split) split_entries(workers);
  fill_leaves(workers);
  raise_corners(workers);
}

/// Points in the order of the first objective's ordinals, which is the first cut of the k-d tree, then of the sums of all
/// ordinals: what dominates has no greater sum.
void DominanceTree::order_by_first_objective() {
  const std::size_t n = ordinals_->points();
  const int index_bits = std::bit_width(n - 1);
  sums_.assign(n, 0);
  for (std::size_t k = 0; k < objectives_; ++k) {
    const std::uint16_t* column = ordinals_->column(k);
    for (std::size_t i = 0; i < n; ++i) sums_[i] += column[i];
  }
  const int sum_bits = 16 + std::bit_width(objectives_);
  const int room = 64 - 16 - index_bits;
  const int dropped = std::max(0, sum_bits - room);
  const int shift = std::min(sum_bits, room);
  order_.resize(n);
  const std::uint16_t* first = ordinals_->column(0);
  for (std::size_t i = 0; i < n; ++i)
    order_[i] = ((std::uint64_t{first[i]} << shift | sums_[i] >> dropped) << index_bits) | i;
  sort_words(order_);
  order_ties(index_bits);
}

void DominanceTree::order_by_z_code() {
  const std::size_t n = ordinals_->points();
  const int index_bits = std::bit_width(n - 1);
  const std::size_t coded = std::min<std::size_t>(objectives_, static_cast<std::size_t>(64 - index_bits));
  const int bits = std::min(kMostCodeBits, (64 - index_bits) / static_cast<int>(coded));
  const auto spread = spread_table(coded, bits);
  order_.assign(n, 0);
  for (std::size_t k = 0; k < coded; ++k) {
    const std::uint16_t* column = ordinals_->column(k);
    for (std::size_t i = 0; i < n; ++i) order_[i] |= spread[static_cast<std::size_t>(column[i] >> (16 - bits))] << k;
  }
  for (std::size_t i = 0; i < n; ++i) order_[i] = order_[i] << index_bits | i;
  sort_words(order_);
  order_ties(index_bits);
}

/// Points with the same code follow in lexicographic order: equal ones side by side, dominating ones still first.
void DominanceTree::order_ties(int index_bits) {
  const std::size_t n = order_.size();
  const std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
  for (std::size_t i = 0; i < n;) {
    std::size_t end = i + 1;
    while (end < n && ((order_[end] ^ order_[i]) >> index_bits) == 0) ++end;
    if (end > i + 1)
      std::sort(order_.begin() + static_cast<std::ptrdiff_t>(i), order_.begin() + static_cast<std::ptrdiff_t>(end),
                [&](std::uint64_t a, std::uint64_t b) {
                  return ordinals_->compare(static_cast<std::uint32_t>(a & index_mask),
                                            static_cast<std::uint32_t>(b & index_mask)) < 0;
                });
    i = end;
  }
}

void DominanceTree::number_entries() {
  const int index_bits = std::bit_width(order_.size() - 1);
  const std::uint64_t index_mask = (std::uint64_t{1} << index_bits) - 1;
  entry_of_point_.resize(order_.size());
  point_of_entry_.clear();
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const auto point = static_cast<std::uint32_t>(order_[i] & index_mask);
    const bool same_code = i > 0 && ((order_[i] ^ order_[i - 1]) >> index_bits) == 0;
    if (!same_code || ordinals_->compare(point_of_entry_.back(), point) != 0) point_of_entry_.push_back(point);
    entry_of_point_[point] = static_cast<std::uint32_t>(point_of_entry_.size() - 1);
  }
  size_ = positions_ = point_of_entry_.size();
  removed_ = 0;
}

/// Sorts entries by objective k.
void DominanceTree::sort_by(std::span<std::uint64_t> entries, std::size_t k) const {
  const std::uint16_t* column = ordinals_->column(k);
  for (std::uint64_t& word : entries) {
    const auto e = static_cast<std::uint32_t>(word);
    word = std::uint64_t{column[point_of_entry_[e]]} << 32 | e;
  }
  sort_words(entries);
}

/// How long the parts are that the next objective cuts. All but the last have a power of two of entries, so that cuts
/// fall between blocks at every level. Four parts need half as many sorts as two, but reach few of many objectives.
std::size_t DominanceTree::part_of(std::size_t entries) const {
  const std::size_t most_parts = objectives_ <= 6 ? 4 : 2;
  std::size_t part = kWidth;
  while (part * most_parts < entries) part *= 2;
  return part;
}

/// Cuts entries that objective k - 1 has sorted.
void DominanceTree::split(std::span<std::uint64_t> entries, std::size_t k) const {
  if (entries.size() <= kWidth) return;
  const std::size_t length = part_of(entries.size());
  for (std::size_t begin = 0; begin < entries.size(); begin += length) {
    const auto part = entries.subspan(begin, std::min(length, entries.size() - begin));
    if (part.size() <= kWidth) continue;
    sort_by(part, k);
    split(part, (k + 1) % objectives_);
  }
}

/// The entries, which stand in the order of objective 0, in that of a k-d tree. Parts of the first cut are tasks.
void DominanceTree::split_entries(Workers& workers) {
  order_.resize(size_);
  for (std::size_t e = 0; e < size_; ++e) order_[e] = e;
  const std::span<std::uint64_t> entries(order_);
  const std::size_t part = part_of(size_);
  workers.for_blocks(size_, part, [&](std::size_t begin, std::size_t end) {
    if (end - begin <= kWidth) return;
    sort_by(entries.subspan(begin, end - begin), 1 % objectives_);
    split(entries.subspan(begin, end - begin), 2 % objectives_);
  });
  renumber_entries();
}

void DominanceTree::renumber_entries() {
  // entry_at_ and position_of_entry_ are free until the leaves are filled.
  entry_at_.assign(point_of_entry_.begin(), point_of_entry_.end());
  position_of_entry_.resize(size_);
  for (std::size_t e = 0; e < size_; ++e) {
    const auto old = static_cast<std::uint32_t>(order_[e]);
    point_of_entry_[e] = entry_at_[old];
    position_of_entry_[old] = static_cast<std::uint32_t>(e);
  }
  for (std::uint32_t& e : entry_of_point_) e = position_of_entry_[e];
}

void DominanceTree::fill_leaves(Workers& workers) {
  if (levels_.empty()) levels_.emplace_back();
  levels_[0].resize(round_up(size_, kWidth) * objectives_);
  position_of_entry_.resize(size_);
  entry_at_.resize(size_);
  for (std::size_t e = 0; e < size_; ++e) position_of_entry_[e] = entry_at_[e] = static_cast<std::uint32_t>(e);
  workers.for_blocks(round_up(size_, kWidth) / kWidth, kBlocksATask, [&](std::size_t first, std::size_t last) {
    for (std::size_t block = first; block < last; ++block)
      for (std::size_t k = 0; k < objectives_; ++k) {
        const std::uint16_t* column = ordinals_->column(k);
        std::uint16_t* lanes = levels_[0].data() + (block * objectives_ + k) * kWidth;
        const std::size_t count = std::min(kWidth, size_ - block * kWidth);
        for (std::size_t i = 0; i < count; ++i) lanes[i] = column[point_of_entry_[block * kWidth + i]];
        std::fill(lanes + count, lanes + kWidth, kNowhere);
      }
  });
}

void DominanceTree::raise_corners(Workers& workers) {
  std::size_t blocks = (positions_ + kWidth - 1) / kWidth;
  std::size_t level = 1;
  for (; blocks > 1; ++level) {
    if (levels_.size() == level) levels_.emplace_back();
    levels_[level].assign(round_up(blocks, kWidth) * objectives_, kNowhere);
    workers.for_blocks(blocks, kBlocksATask, [&](std::size_t first, std::size_t last) {
      for (std::size_t b = first; b < last; ++b) raise_corner(level, b);
    });
    blocks = (blocks + kWidth - 1) / kWidth;
  }
  // Higher levels of a larger tree keep their memory for the next one of that size.
  depth_ = level;
}

/// Lane b of `level`: the least ordinals of block b below.
void DominanceTree::raise_corner(std::size_t level, std::size_t b) {
  for (std::size_t k = 0; k < objectives_; ++k) {
    const std::uint16_t* lanes = levels_[level - 1].data() + (b * objectives_ + k) * kWidth;
    std::uint16_t corner = kNowhere;
    for (std::size_t i = 0; i < kWidth; ++i) corner = std::min(corner, lanes[i]);
    levels_[level][(b / kWidth * objectives_ + k) * kWidth + b % kWidth] = corner;
  }
}

void DominanceTree::find_dominators(std::span<const std::uint32_t> entries, std::uint32_t* found) const {
  DominanceTreeView view{
      {}, depth_, objectives_, position_of_entry_.data(), entry_at_.data(), point_of_entry_.data(), ordinals_};
  for (std::size_t l = 0; l < depth_; ++l) view.level[l] = levels_[l].data();
  find_dominators_in(view, entries, found);
}

void DominanceTree::remove(std::span<const std::uint32_t> entries, Workers& workers) {
  for (const std::uint32_t e : entries) {
    const std::uint32_t position = position_of_entry_[e];
    std::uint16_t* lane = levels_[0].data() + position / kWidth * objectives_ * kWidth + position % kWidth;
    for (std::size_t k = 0; k < objectives_; ++k) lane[k * kWidth] = kNowhere;
    entry_at_[position] = kNone;
  }
  removed_ += entries.size();
  // Corners that removed entries hold down let searches in for nothing; packing costs as much as a few searches a
  // block.
  if (removed_ * 8 >= positions_) pack(workers);
}

void DominanceTree::pack(Workers& workers) {
  std::size_t to = 0;
  auto& leaves = levels_[0];
  for (std::size_t from = 0; from < positions_; ++from) {
    if (entry_at_[from] == kNone) continue;
    for (std::size_t k = 0; k < objectives_; ++k)
      leaves[(to / kWidth * objectives_ + k) * kWidth + to % kWidth] =
          leaves[(from / kWidth * objectives_ + k) * kWidth + from % kWidth];
    entry_at_[to] = entry_at_[from];
    position_of_entry_[entry_at_[to]] = static_cast<std::uint32_t>(to);
    ++to;
  }
  for (std::size_t lane = to; lane < round_up(to, kWidth); ++lane)
    for (std::size_t k = 0; k < objectives_; ++k)
      leaves[(lane / kWidth * objectives_ + k) * kWidth + lane % kWidth] = kNowhere;
  positions_ = to;
  removed_ = 0;
  raise_corners(workers);
}

}  // namespace millrace
