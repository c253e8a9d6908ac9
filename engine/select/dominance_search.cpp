#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/select/dominance_tree.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/dominance_search.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<std::uint16_t, 32> kRanks;
using RankVector = hn::Vec<decltype(kRanks)>;
constexpr std::size_t kRankLanes = hn::MaxLanes(kRanks);

/// The ordinals of one point, each in all lanes. M known: in registers.
template <std::size_t M>
struct SearchPoint {
  SearchPoint(const std::uint16_t* lane, std::size_t) {
    for (std::size_t k = 0; k < M; ++k) rank[k] = hn::Set(kRanks, lane[k * 32]);
  }
  static constexpr std::size_t objectives() { return M; }
  RankVector operator[](std::size_t k) const { return rank[k]; }
  RankVector rank[M];
};

/// The same for any M: broadcast from memory at every use.
template <>
struct SearchPoint<0> {
  SearchPoint(const std::uint16_t* lane_in, std::size_t m) : lane(lane_in), count(m) {}
  std::size_t objectives() const { return count; }
  RankVector operator[](std::size_t k) const { return hn::Set(kRanks, lane[k * 32]); }
  const std::uint16_t* lane;
  std::size_t count;
};

/// Bit i: lane i of the block is at most the point in every objective.
template <class Point>
HWY_INLINE std::uint32_t lanes_below(const std::uint16_t* HWY_RESTRICT block, const Point& point) {
  std::uint32_t mask = 0;
  for (std::size_t lane = 0; lane < 32; lane += kRankLanes) {
    // A saturated difference is zero exactly where lane <= point; the union collects the objectives that are not.
    RankVector above = hn::SaturatedSub(hn::Load(kRanks, block + lane), point[0]);
    for (std::size_t k = 1; k < point.objectives(); ++k)
      above = hn::Or(above, hn::SaturatedSub(hn::Load(kRanks, block + k * 32 + lane), point[k]));
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(kRanks, hn::Eq(above, hn::Zero(kRanks)), bits);
    std::uint32_t word;
    std::memcpy(&word, bits, sizeof(word));
    mask |= word << lane;
  }
  return mask;
}

/// What is looked for, and where.
template <std::size_t M>
struct Search {
  const DominanceTreeView& tree;
  std::uint32_t entry;
  SearchPoint<M> point;

  HWY_INLINE std::size_t objectives() const { return M == 0 ? tree.objectives : M; }
  HWY_INLINE std::uint32_t lanes(std::size_t level, std::size_t block) const {
    return lanes_below(tree.level[level] + block * objectives() * 32, point);
  }
};

HWY_INLINE std::uint32_t take_last(std::uint32_t& mask) {
  const auto bit = static_cast<std::uint32_t>(std::bit_width(mask) - 1);
  mask ^= 1u << bit;
  return bit;
}

/// The last of the lanes in `mask` of leaf `block` whose point is at most the one searched for, values compared.
template <std::size_t M>
HWY_INLINE std::uint32_t first_hit(const Search<M>& search, std::uint32_t block, std::uint32_t mask) {
  const DominanceTreeView& tree = search.tree;
  while (mask != 0) {
    const std::uint32_t found = tree.entry_at[block * 32 + take_last(mask)];
    if (tree.ordinals->at_most(tree.point_of_entry[found], tree.point_of_entry[search.entry])) return found;
  }
  return DominanceTree::kNone;
}

/// Searches the leaves under `block` of level 1 that `mask` names, the last first.
template <std::size_t M>
HWY_INLINE std::uint32_t search_leaves(const Search<M>& search, std::uint32_t block, std::uint32_t mask) {
  while (mask != 0) {
    const std::uint32_t leaf = block * 32 + take_last(mask);
    const std::uint32_t lanes = search.lanes(0, leaf);
    if (HWY_LIKELY(lanes == 0)) continue;
    const std::uint32_t found = first_hit(search, leaf, lanes);
    if (found != DominanceTree::kNone) return found;
  }
  return DominanceTree::kNone;
}

/// The same below `block` of a higher level.
template <std::size_t M>
std::uint32_t search_children(const Search<M>& search, std::size_t level, std::uint32_t block, std::uint32_t mask) {
  while (mask != 0) {
    const std::uint32_t child = block * 32 + take_last(mask);
    const std::uint32_t lanes = search.lanes(level - 1, child);
    const std::uint32_t found =
        level == 2 ? search_leaves(search, child, lanes) : search_children(search, level - 1, child, lanes);
    if (found != DominanceTree::kNone) return found;
  }
  return DominanceTree::kNone;
}

/// From the point's own leaf towards the front of the order: at each level the elder siblings of the own block.
template <std::size_t M>
HWY_INLINE std::uint32_t find_dominator(const DominanceTreeView& tree, std::uint32_t entry) {
  const std::size_t m = M == 0 ? tree.objectives : M;
  std::uint32_t own = tree.position_of_entry[entry];
  const Search<M> search{tree, entry, {tree.level[0] + (own / 32) * m * 32 + own % 32, m}};
  for (std::size_t level = 0; level < tree.levels; ++level, own /= 32) {
    const std::uint32_t elder = search.lanes(level, own / 32) & ((1u << own % 32) - 1);
    const std::uint32_t found = level == 0   ? first_hit(search, own / 32, elder)
                                : level == 1 ? search_leaves(search, own / 32, elder)
                                             : search_children(search, level, own / 32, elder);
    if (found != DominanceTree::kNone) return found;
  }
  return DominanceTree::kNone;
}

template <std::size_t M>
void find_all(const DominanceTreeView& tree, const std::uint32_t* entries, std::size_t count, std::uint32_t* found) {
  for (std::size_t i = 0; i < count; ++i) found[i] = find_dominator<M>(tree, entries[i]);
}

void FindDominators(const DominanceTreeView& tree, const std::uint32_t* entries, std::size_t count,
                    std::uint32_t* found) {
  switch (tree.objectives) {
    case 3: return find_all<3>(tree, entries, count, found);
    case 4: return find_all<4>(tree, entries, count, found);
    case 5: return find_all<5>(tree, entries, count, found);
    case 6: return find_all<6>(tree, entries, count, found);
    default: return find_all<0>(tree, entries, count, found);
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(FindDominators);

void find_dominators_in(const DominanceTreeView& tree, std::span<const std::uint32_t> entries, std::uint32_t* found) {
  HWY_DYNAMIC_DISPATCH(FindDominators)(tree, entries.data(), entries.size(), found);
}

}  // namespace millrace
#endif
