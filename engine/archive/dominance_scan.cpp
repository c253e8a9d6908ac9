#include "engine/archive/dominance_scan.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/archive/dominance_scan.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

/// Vectors of rows that are looked at together: one branch for all of them. A column is padded to whole blocks.
constexpr std::size_t kVectors = 4;

/// Which of kVectors vectors of rows from i on are on the wanted side of the point in every column.
template <bool kAtMost>
HWY_INLINE void rows_on_side(D d, const Columns& rows, PointAt point, std::size_t i, M* inside) {
  for (std::size_t v = 0; v < kVectors; ++v) inside[v] = hn::Eq(hn::Zero(d), hn::Zero(d));
  for (std::size_t k = 0; k < rows.columns(); ++k) {
    const double* column = rows.column_data(k) + i;
    const V value = hn::Set(d, point.columns(point.row, k));
    for (std::size_t v = 0; v < kVectors; ++v) {
      const V row = hn::Load(d, column + v * hn::Lanes(d));
      const M side = kAtMost ? hn::Le(row, value) : hn::Le(value, row);
      inside[v] = hn::And(inside[v], side);
    }
  }
}

HWY_INLINE bool none(D d, const M* inside) {
  return hn::AllFalse(d, hn::Or(hn::Or(inside[0], inside[1]), hn::Or(inside[2], inside[3])));
}

std::size_t scan_at_most(const Columns& rows, std::size_t count, PointAt point) {
  const D d;
  M inside[kVectors];
  for (std::size_t i = 0; i < count; i += kVectors * hn::Lanes(d)) {
    rows_on_side<true>(d, rows, point, i, inside);
    if (none(d, inside)) continue;
    for (std::size_t v = 0; v < kVectors; ++v)
      if (const auto lane = hn::FindFirstTrue(d, inside[v]); lane >= 0)
        return std::min(count, i + v * hn::Lanes(d) + static_cast<std::size_t>(lane));
  }
  return count;
}

template <bool kAtMost>
HWY_INLINE void append_side(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found) {
  const D d;
  M inside[kVectors];
  HWY_ALIGN double flags[kVectors * HWY_MAX_BYTES / sizeof(double)];
  const std::size_t block = kVectors * hn::Lanes(d);
  for (std::size_t i = 0; i < count; i += block) {
    rows_on_side<kAtMost>(d, rows, point, i, inside);
    if (none(d, inside)) continue;
    for (std::size_t v = 0; v < kVectors; ++v)
      hn::Store(hn::IfThenElseZero(inside[v], hn::Set(d, 1.0)), d, flags + v * hn::Lanes(d));
    for (std::size_t row = 0; row < std::min(block, count - i); ++row)
      if (flags[row] != 0.0) found.push_back(static_cast<Slot>(i + row));
  }
}

void collect_at_most(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found) {
  append_side<true>(rows, count, point, found);
}

void collect_at_least(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found) {
  append_side<false>(rows, count, point, found);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(scan_at_most);
HWY_EXPORT(collect_at_most);
HWY_EXPORT(collect_at_least);

std::size_t first_at_most(const Columns& rows, std::size_t count, PointAt point) {
  return HWY_DYNAMIC_DISPATCH(scan_at_most)(rows, count, point);
}

void append_at_most(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found) {
  HWY_DYNAMIC_DISPATCH(collect_at_most)(rows, count, point, found);
}

void append_at_least(const Columns& rows, std::size_t count, PointAt point, std::vector<Slot>& found) {
  HWY_DYNAMIC_DISPATCH(collect_at_least)(rows, count, point, found);
}

}  // namespace millrace
#endif
