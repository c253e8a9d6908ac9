#include "engine/indicator/exclusive_volume.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/indicator/exclusive_volume.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "engine/indicator/front_sweep-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

// Calls body with the number of objectives as a constant where it is a usual one, so that loops over it unroll.
template <class Body>
HWY_INLINE auto with_objectives(std::size_t objectives, Body body) {
  switch (objectives) {
    case 3: return body(std::integral_constant<std::size_t, 3>());
    case 4: return body(std::integral_constant<std::size_t, 4>());
    case 5: return body(std::integral_constant<std::size_t, 5>());
    case 6: return body(std::integral_constant<std::size_t, 6>());
    case 7: return body(std::integral_constant<std::size_t, 7>());
    default: return body(objectives);
  }
}

template <Others others>
HWY_INLINE M among_others(V turn, V own) {
  // Written so that the NaN past the last point is never among them.
  if constexpr (others == Others::earlier) return hn::Lt(turn, own);
  return hn::Or(hn::Lt(turn, own), hn::Gt(turn, own));
}

// Lowers depth.upper to where a point worse than the lower corner in one objective only cuts the box off. False where a
// point is worse in none and covers the box.
template <Others others, class Count>
bool cut_box(const PointSet& set, double own_turn, Count objectives, Depth& depth) {
  const D d;
  const V own = hn::Set(d, own_turn);
  const std::size_t lanes = hn::Lanes(d);
  double* const bounds = depth.bounds.data();
  for (std::size_t k = 0; k < objectives; ++k) hn::Store(hn::Set(d, depth.upper[k]), d, bounds + k * lanes);
  for (std::size_t i = 0; i < set.count; i += lanes) {
    const M other = among_others<others>(hn::Load(d, set.turn() + i), own);
    M worse = hn::Not(other);
    M twice = worse;
    for (std::size_t k = 0; k < objectives; ++k) {
      const M in_this = hn::Gt(hn::Load(d, set.column(k) + i), hn::Set(d, depth.lower[k]));
      twice = hn::Or(twice, hn::And(worse, in_this));
      worse = hn::Or(worse, in_this);
    }
    if (!hn::AllTrue(d, worse)) return false;
    if (hn::AllTrue(d, twice)) continue;
    for (std::size_t k = 0; k < objectives; ++k) {
      const V value = hn::Load(d, set.column(k) + i);
      const M cuts = hn::AndNot(twice, hn::Gt(value, hn::Set(d, depth.lower[k])));
      const V bound = hn::Load(d, bounds + k * lanes);
      hn::Store(hn::Min(bound, hn::IfThenElse(cuts, value, bound)), d, bounds + k * lanes);
    }
  }
  for (std::size_t k = 0; k < objectives; ++k)
    depth.upper[k] = hn::GetLane(hn::MinOfLanes(d, hn::Load(d, bounds + k * lanes)));
  return true;
}

// The others that reach into the box of `depth`, clamped to it, become depth.limited.
template <Others others, class Count>
void limit(const PointSet& set, double own_turn, Count objectives, Depth& depth) {
  const D d;
  const V own = hn::Set(d, own_turn);
  PointSet& to = depth.limited;
  std::size_t count = 0;
  for (std::size_t i = 0; i < set.count; i += hn::Lanes(d)) {
    M inside = among_others<others>(hn::Load(d, set.turn() + i), own);
    for (std::size_t k = 0; k < objectives; ++k)
      inside = hn::And(inside, hn::Lt(hn::Load(d, set.column(k) + i), hn::Set(d, depth.upper[k])));
    if (hn::AllFalse(d, inside)) continue;
    const LanePacker packer(inside);
    for (std::size_t k = 0; k < objectives; ++k)
      packer.store(hn::Max(hn::Load(d, set.column(k) + i), hn::Set(d, depth.lower[k])), to.column(k) + count);
    packer.store(hn::Load(d, set.column(set.identities) + i), to.column(to.identities) + count);
    count += packer.count();
  }
  to.count = count;
}

inline void append(const PointSet& from, std::size_t index, PointSet& to) {
  for (std::size_t k = 0; k < to.turns; ++k) to.column(k)[to.count] = from.column(k)[index];
  to.column(to.identities)[to.count] = from.column(from.identities)[index];
  ++to.count;
}

// Whether one of the points begin .. end-1 of `front` is nowhere worse than point `index` of `set`.
template <class Count>
HWY_INLINE bool is_covered(const PointSet& set, std::size_t index, Count objectives, const PointSet& front,
                           std::size_t begin, std::size_t end) {
  const D d;
  for (std::size_t i = begin; i < end; i += hn::Lanes(d)) {
    M covers = hn::FirstN(d, end - i);
    for (std::size_t k = 0; k < objectives; ++k)
      covers = hn::And(covers, hn::Le(hn::LoadU(d, front.column(k) + i), hn::Set(d, set.column(k)[index])));
    if (!hn::AllFalse(d, covers)) return true;
  }
  return false;
}

// The points of `from` that no other dominates go to `to`. They come in the order of the last objective, so only an
// earlier one can dominate, except among the first `tied`, which are equal in it. Those are taken backwards: the point
// that was clamped most is the least likely to stay.
template <class Count>
void keep_front(const PointSet& from, Count objectives, std::size_t tied, PointSet& to) {
  to.count = 0;
  for (std::size_t i = tied; i-- > 0;)
    if (!is_covered(from, i, objectives, to, 0, to.count)) append(from, i, to);
  // Among the tied a later one may dominate an earlier one.
  const std::size_t ties = to.count;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ties; ++i) {
    if (is_covered(to, i, objectives, to, i + 1, to.count)) continue;
    for (std::size_t k = 0; k < to.turns; ++k) to.column(k)[kept] = to.column(k)[i];
    to.column(to.identities)[kept] = to.column(to.identities)[i];
    ++kept;
  }
  to.count = kept;
  for (std::size_t i = tied; i < from.count; ++i)
    if (!is_covered(from, i, objectives, to, 0, to.count)) append(from, i, to);
}

// Whether a point stored earlier is nowhere worse, for points begin .. end-1.
void mark_covered_rows(const PointSet& set, std::size_t objectives, std::size_t begin, std::size_t end,
                       std::uint8_t* covered) {
  with_objectives(objectives, [&](auto count) {
    for (std::size_t i = begin; i < end; ++i) covered[i] = is_covered(set, i, count, set, 0, i);
  });
}

// depth.front in the order of the last objective but one becomes depth.sorted. Instead of sorting, the points are
// marked at the places they hold in that order among all points, and read off.
inline void sort_front(std::size_t objectives, const Places& places, HypervolumeMemory& memory) {
  Depth& depth = memory.depths[objectives];
  const std::vector<std::uint32_t>& place = places[objectives - 2];
  const double* identity = depth.front.column(depth.front.identities);
  for (std::size_t i = 0; i < depth.front.count; ++i) {
    const std::uint32_t at = place[static_cast<std::size_t>(identity[i])];
    memory.occupied[at / 64] |= std::uint64_t{1} << (at % 64);
    memory.at_place[at] = static_cast<std::uint32_t>(i);
  }
  PointSet& sorted = depth.sorted;
  sorted.count = 0;
  for (std::size_t word = 0; sorted.count < depth.front.count; ++word) {
    for (std::uint64_t bits = memory.occupied[word]; bits != 0; bits &= bits - 1) {
      const std::size_t i = memory.at_place[word * 64 + hwy::Num0BitsBelowLS1Bit_Nonzero64(bits)];
      sorted.column(sorted.turns)[sorted.count] = static_cast<double>(i);
      append(depth.front, i, sorted);
    }
    memory.occupied[word] = 0;
  }
  sorted.close();
}

void keep_earlier_rows(const PointSet& from, double turn, PointSet& to) {
  const D d;
  to.count = 0;
  for (std::size_t i = 0; i < from.count; i += hn::Lanes(d)) {
    const LanePacker packer(hn::Lt(hn::Load(d, from.turn() + i), hn::Set(d, turn)));
    for (std::size_t k = 0; k < from.columns.columns(); ++k)
      packer.store(hn::Load(d, from.column(k) + i), to.column(k) + to.count);
    to.count += packer.count();
  }
  to.close();
}

template <Others others>
double exclusive(const PointSet& set, std::size_t index, std::size_t objectives, const double* reference,
                 const Places& places, HypervolumeMemory& memory);

// Hypervolume of a sorted set of at least five objectives.
inline double hypervolume_of(const PointSet& set, std::size_t objectives, const double* reference, const Places& places,
                             HypervolumeMemory& memory) {
  const std::size_t last = objectives - 1;
  double sum = 0.0;
  for (std::size_t i = 0; i < set.count; ++i)
    sum +=
        exclusive<Others::earlier>(set, i, last, reference, places, memory) * (reference[last] - set.column(last)[i]);
  return sum;
}

// Volume from point `index` of a set to the upper corner.
inline double volume_to(const PointSet& set, std::size_t index, const std::vector<double>& upper) {
  double volume = 1.0;
  for (std::size_t k = 0; k < upper.size(); ++k) volume *= upper[k] - set.column(k)[index];
  return volume;
}

// Hypervolume of depth.limited inside the box of depth.
inline double covered_by_limited(std::size_t objectives, const Places& places, HypervolumeMemory& memory) {
  Depth& depth = memory.depths[objectives];
  const PointSet& limited = depth.limited;
  const double* const last = limited.column(objectives - 1);
  if (limited.count == 0) return 0.0;
  if (limited.count == 1) return volume_to(limited, 0, depth.upper);
  if (objectives == 3) {
    std::copy_n(limited.column(0), limited.count, memory.box.x.data());
    std::copy_n(limited.column(1), limited.count, memory.box.y.data());
    std::copy_n(limited.column(2), limited.count, memory.box.z.data());
    memory.box.count = limited.count;
    return covered(memory.box, depth.lower.data(), depth.upper.data());
  }
  if (objectives == 4) return sweep_four(limited, depth.lower.data(), depth.upper.data(), memory.swept, memory.box);
  const std::size_t tied =
      static_cast<std::size_t>(std::upper_bound(last, last + limited.count, depth.lower[objectives - 1]) - last);
  with_objectives(objectives, [&](auto count) { keep_front(limited, count, tied, depth.front); });
  sort_front(objectives, places, memory);
  return hypervolume_of(depth.sorted, objectives, depth.upper.data(), places, memory);
}

template <Others others>
double exclusive(const PointSet& set, std::size_t index, std::size_t objectives, const double* reference,
                 const Places& places, HypervolumeMemory& memory) {
  Depth& depth = memory.depths[objectives];
  for (std::size_t k = 0; k < objectives; ++k) {
    depth.lower[k] = set.column(k)[index];
    depth.upper[k] = reference[k];
  }
  const double turn = set.turn()[index];
  const bool is_open = with_objectives(objectives, [&](auto count) {
    if (!cut_box<others>(set, turn, count, depth)) return false;
    limit<others>(set, turn, count, depth);
    return true;
  });
  if (!is_open) return 0.0;
  double box = 1.0;
  for (std::size_t k = 0; k < objectives; ++k) box *= depth.upper[k] - depth.lower[k];
  return box - covered_by_limited(objectives, places, memory);
}

double exclusive_of(const PointSet& set, std::size_t index, Others others, std::size_t objectives,
                    const double* reference, const Places& places, HypervolumeMemory& memory) {
  return others == Others::earlier ? exclusive<Others::earlier>(set, index, objectives, reference, places, memory)
                                   : exclusive<Others::all>(set, index, objectives, reference, places, memory);
}

double sweep_four_of(const PointSet& set, const double* lower, const double* reference, HypervolumeMemory& memory) {
  return sweep_four(set, lower, reference, memory.swept, memory.box);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(exclusive_of);
HWY_EXPORT(sweep_four_of);
HWY_EXPORT(mark_covered_rows);
HWY_EXPORT(keep_earlier_rows);

}  // namespace

double exclusive_volume(const PointSet& set, std::size_t index, Others others, std::size_t objectives,
                        std::span<const double> reference, const Places& places, HypervolumeMemory& memory) {
  return HWY_DYNAMIC_DISPATCH(exclusive_of)(set, index, others, objectives, reference.data(), places, memory);
}

double sweep_four_objectives(const PointSet& set, std::span<const double> lower, std::span<const double> reference,
                             HypervolumeMemory& memory) {
  return HWY_DYNAMIC_DISPATCH(sweep_four_of)(set, lower.data(), reference.data(), memory);
}

void mark_covered(const PointSet& set, std::size_t objectives, std::size_t begin, std::size_t end,
                  std::span<std::uint8_t> covered) {
  HWY_DYNAMIC_DISPATCH(mark_covered_rows)(set, objectives, begin, end, covered.data());
}

void keep_earlier(const PointSet& from, double turn, PointSet& to) {
  HWY_DYNAMIC_DISPATCH(keep_earlier_rows)(from, turn, to);
}

}  // namespace millrace
#endif
