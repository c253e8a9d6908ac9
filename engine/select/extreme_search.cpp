// A lane is a candidate. Of a translated point the scalarising function of one axis needs two components: on the axis of
// the largest the second largest counts, on every other the largest. Both divided by 1e-6 are far above what they have to
// beat for nearly everybody, so this pass rules nearly everybody out.

#include "engine/select/extreme_search.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/extreme_search.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, 8>;
using V = hn::Vec<D>;

/// Candidates looked at together: their values are copied side by side first, as gathering instructions take longer.
constexpr std::size_t kBlock = 64;
struct Block {
  HWY_ALIGN double lane[kBlock];
};

/// Values of a column at up to kBlock slots; the last one again beyond the end.
HWY_INLINE void copy_values(const double* column, std::span<const Slot> slots, Block& values) {
  for (std::size_t i = 0; i < slots.size(); ++i) values.lane[i] = column[slots[i]];
  for (std::size_t i = slots.size(); i < kBlock; ++i) values.lane[i] = values.lane[slots.size() - 1];
}

HWY_INLINE V smaller_of(V a, V b) { return hn::IfThenElse(hn::Lt(a, b), a, b); }
HWY_INLINE V larger_of(V a, V b) { return hn::IfThenElse(hn::Gt(a, b), a, b); }

Extent FiniteExtent(const double* column, std::span<const Slot> slots) {
  const D d;
  const V most = hn::Set(d, std::numeric_limits<double>::max());
  const V infinity = hn::Set(d, std::numeric_limits<double>::infinity());
  V best = infinity, worst = hn::Neg(infinity);
  Block block;
  for (std::size_t first = 0; first < slots.size(); first += kBlock) {
    copy_values(column, slots.subspan(first, std::min(kBlock, slots.size() - first)), block);
    for (std::size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
      const V values = hn::Load(d, block.lane + i);
      best = smaller_of(hn::IfThenElse(hn::Ge(values, hn::Neg(most)), values, infinity), best);
      worst = larger_of(hn::IfThenElse(hn::Le(values, most), values, hn::Neg(infinity)), worst);
    }
  }
  return {hn::GetLane(hn::MinOfLanes(d, best)), hn::GetLane(hn::MaxOfLanes(d, worst))};
}

/// The two largest components of translated candidates so far, and what is to be beaten on the axis of the largest.
struct Components {
  Block largest, second, to_beat;

  HWY_INLINE void reset() {
    constexpr double kLowest = -std::numeric_limits<double>::infinity();
    for (Block* block : {&largest, &second, &to_beat}) std::fill_n(block->lane, kBlock, kLowest);
  }

  HWY_INLINE void add(const Block& values, double ideal, double range, double best) {
    const D d;
    for (std::size_t i = 0; i < kBlock; i += hn::Lanes(d)) {
      const V translated = hn::Sub(hn::Load(d, values.lane + i), hn::Set(d, ideal));
      const auto on_axis = hn::Lt(translated, hn::Set(d, kOnAxis * range));
      const V value = hn::IfThenElse(on_axis, hn::Zero(d), translated);
      const V before = hn::Load(d, largest.lane + i);
      const auto is_largest = hn::Gt(value, before);
      hn::Store(larger_of(smaller_of(value, before), hn::Load(d, second.lane + i)), d, second.lane + i);
      hn::Store(hn::IfThenElse(is_largest, hn::Set(d, best), hn::Load(d, to_beat.lane + i)), d, to_beat.lane + i);
      hn::Store(hn::IfThenElse(is_largest, value, before), d, largest.lane + i);
    }
  }
};

void FindCompetitors(const ExtremeMarks& marks, std::span<const Slot> candidates, std::uint8_t* competes) {
  const double hardest = *std::max_element(marks.best.begin(), marks.best.end());
  Block values;
  Components found;
  for (std::size_t first = 0; first < candidates.size(); first += kBlock) {
    const auto slots = candidates.subspan(first, std::min(kBlock, candidates.size() - first));
    found.reset();
    for (std::size_t k = 0; k < marks.ideal.size(); ++k) {
      copy_values(marks.f.column_data(k), slots, values);
      found.add(values, marks.ideal[k], marks.range[k], marks.best[k]);
    }
    for (std::size_t i = 0; i < slots.size(); ++i)
      competes[first + i] =
          found.second.lane[i] / kOffAxis < found.to_beat.lane[i] || found.largest.lane[i] / kOffAxis < hardest;
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(FiniteExtent);
HWY_EXPORT(FindCompetitors);

Extent finite_extent(const double* column, std::span<const Slot> slots) {
  return slots.empty() ? Extent() : HWY_DYNAMIC_DISPATCH(FiniteExtent)(column, slots);
}

void find_competitors(const ExtremeMarks& marks, std::span<const Slot> candidates, std::uint8_t* competes) {
  HWY_DYNAMIC_DISPATCH(FindCompetitors)(marks, candidates, competes);
}

}  // namespace millrace
#endif
