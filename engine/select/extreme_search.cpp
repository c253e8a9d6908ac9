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

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using Places = hn::Vec<hn::RebindToSigned<D>>;
constexpr std::size_t kMostLanes = hn::MaxLanes(D());

/// Slots first, first + 1, ... as gathering wants them; the last one again beyond the end.
HWY_INLINE Places places_of(std::span<const Slot> slots, std::size_t first) {
  const hn::RebindToSigned<D> di;
  HWY_ALIGN std::int64_t places[kMostLanes];
  for (std::size_t i = 0; i < hn::Lanes(di); ++i)
    places[i] = static_cast<std::int64_t>(slots[std::min(first + i, slots.size() - 1)]);
  return hn::Load(di, places);
}

HWY_INLINE V smaller_of(V a, V b) { return hn::IfThenElse(hn::Lt(a, b), a, b); }
HWY_INLINE V larger_of(V a, V b) { return hn::IfThenElse(hn::Gt(a, b), a, b); }

Extent FiniteExtent(const double* column, std::span<const Slot> slots) {
  const D d;
  const V most = hn::Set(d, std::numeric_limits<double>::max());
  const V infinity = hn::Set(d, std::numeric_limits<double>::infinity());
  V best = infinity, worst = hn::Neg(infinity);
  for (std::size_t i = 0; i < slots.size(); i += hn::Lanes(d)) {
    const V values = hn::GatherIndex(d, column, places_of(slots, i));
    best = smaller_of(hn::IfThenElse(hn::Ge(values, hn::Neg(most)), values, infinity), best);
    worst = larger_of(hn::IfThenElse(hn::Le(values, most), values, hn::Neg(infinity)), worst);
  }
  return {hn::GetLane(hn::MinOfLanes(d, best)), hn::GetLane(hn::MaxOfLanes(d, worst))};
}

void FindCompetitors(const ExtremeMarks& marks, std::span<const Slot> candidates, std::uint8_t* competes) {
  const D d;
  const std::size_t n = hn::Lanes(d);
  const V lowest = hn::Set(d, -std::numeric_limits<double>::infinity());
  const V hardest = hn::Set(d, *std::max_element(marks.best.begin(), marks.best.end()));
  const V off_axis = hn::Set(d, kOffAxis);
  for (std::size_t first = 0; first < candidates.size(); first += n) {
    const Places at = places_of(candidates, first);
    V largest = lowest, second = lowest, to_beat = lowest;
    for (std::size_t k = 0; k < marks.ideal.size(); ++k) {
      const V translated = hn::Sub(hn::GatherIndex(d, marks.f.column_data(k), at), hn::Set(d, marks.ideal[k]));
      const auto on_axis = hn::Lt(translated, hn::Set(d, kOnAxis * marks.range[k]));
      const V value = hn::IfThenElse(on_axis, hn::Zero(d), translated);
      const auto is_largest = hn::Gt(value, largest);
      second = larger_of(smaller_of(value, largest), second);
      to_beat = hn::IfThenElse(is_largest, hn::Set(d, marks.best[k]), to_beat);
      largest = hn::IfThenElse(is_largest, value, largest);
    }
    const auto competing =
        hn::Or(hn::Lt(hn::Div(second, off_axis), to_beat), hn::Lt(hn::Div(largest, off_axis), hardest));
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, competing, bits);
    for (std::size_t i = 0; i < std::min(n, candidates.size() - first); ++i) competes[first + i] = bits[0] >> i & 1;
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
