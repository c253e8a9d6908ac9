#include "engine/indicator/nearest.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/indicator/nearest.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;

// Queries that share one read of a target: four accumulators hide the latency of the multiply-add.
constexpr std::size_t kTogether = 4;

template <Measure measure>
HWY_INLINE V start(D d) {
  constexpr bool is_maximum = measure == Measure::worst_excess || measure == Measure::worst_ratio;
  return hn::Set(d, is_maximum ? -std::numeric_limits<double>::infinity() : 0.0);
}

template <Measure measure>
HWY_INLINE V step(V so_far, V query, V target) {
  const V zero = hn::Zero(D());
  if constexpr (measure == Measure::worst_excess) return hn::Max(so_far, hn::Sub(target, query));
  if constexpr (measure == Measure::worst_ratio) return hn::Max(so_far, hn::Div(target, query));
  if constexpr (measure == Measure::tchebycheff) return hn::Max(so_far, hn::Mul(query, hn::Abs(target)));
  if constexpr (measure == Measure::other_manhattan) return hn::Add(so_far, hn::Abs(hn::Sub(target, query)));
  V away = hn::Sub(target, query);
  if constexpr (measure == Measure::squared_worse) away = hn::Max(away, zero);
  if constexpr (measure == Measure::squared_better) away = hn::Min(away, zero);
  return hn::MulAdd(away, away, so_far);
}

// Rows first .. first + kTogether - 1 of `queries`; the padding of Columns makes rows past the last one readable.
template <Measure measure>
void nearest_of_some(const Columns& queries, const Columns& targets, std::size_t first, double* result) {
  const D d;
  const V infinity = hn::Set(d, std::numeric_limits<double>::infinity());
  V best[kTogether] = {infinity, infinity, infinity, infinity};
  for (std::size_t row = 0; row < targets.rows(); row += hn::Lanes(d)) {
    V value[kTogether] = {start<measure>(d), start<measure>(d), start<measure>(d), start<measure>(d)};
    for (std::size_t k = 0; k < targets.columns(); ++k) {
      const V target = hn::Load(d, targets.column_data(k) + row);
      const double* query = queries.column_data(k) + first;
      for (std::size_t i = 0; i < kTogether; ++i) value[i] = step<measure>(value[i], hn::Set(d, query[i]), target);
    }
    const auto real = hn::FirstN(d, targets.rows() - row);
    const V index = hn::Iota(d, static_cast<double>(row));
    for (std::size_t i = 0; i < kTogether; ++i) {
      value[i] = hn::IfThenElse(real, value[i], infinity);
      if constexpr (measure == Measure::other_manhattan)
        value[i] = hn::IfThenElse(hn::Eq(index, hn::Set(d, static_cast<double>(first + i))), infinity, value[i]);
      best[i] = hn::Min(best[i], value[i]);
    }
  }
  for (std::size_t i = 0; i < kTogether; ++i) result[i] = hn::GetLane(hn::MinOfLanes(d, best[i]));
}

template <Measure measure>
void nearest_of_block(const Columns& queries, const Columns& targets, std::size_t begin, std::size_t end,
                      double* result) {
  for (std::size_t first = begin; first < end; first += kTogether) {
    double some[kTogether];
    nearest_of_some<measure>(queries, targets, first, some);
    for (std::size_t i = 0; i < kTogether && first + i < end; ++i) result[first + i] = some[i];
  }
}

void nearest_rows(Measure measure, const Columns& queries, const Columns& targets, std::size_t begin, std::size_t end,
                  double* result) {
  switch (measure) {
    case Measure::squared: return nearest_of_block<Measure::squared>(queries, targets, begin, end, result);
    case Measure::squared_worse: return nearest_of_block<Measure::squared_worse>(queries, targets, begin, end, result);
    case Measure::squared_better:
      return nearest_of_block<Measure::squared_better>(queries, targets, begin, end, result);
    case Measure::worst_excess: return nearest_of_block<Measure::worst_excess>(queries, targets, begin, end, result);
    case Measure::worst_ratio: return nearest_of_block<Measure::worst_ratio>(queries, targets, begin, end, result);
    case Measure::tchebycheff: return nearest_of_block<Measure::tchebycheff>(queries, targets, begin, end, result);
    case Measure::other_manhattan:
      return nearest_of_block<Measure::other_manhattan>(queries, targets, begin, end, result);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(nearest_rows);

bool row_is_finite(const Columns& points, std::size_t row) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    if (!std::isfinite(points(row, k))) return false;
  return true;
}

}  // namespace

void nearest(Measure measure, const Columns& queries, const Columns& targets, std::span<double> nearest,
             Workers& workers) {
  // About 0.15 ns a coordinate: 2^20 of them make a block worth a task. A multiple of kTogether keeps groups whole.
  constexpr std::size_t kWorthATask = std::size_t{1} << 20;
  const std::size_t per_query = targets.rows() * targets.columns() + 1;
  const std::size_t grain = round_up(kWorthATask / per_query + 1, 4);
  workers.for_blocks(queries.rows(), grain, [&](std::size_t begin, std::size_t end) {
    HWY_DYNAMIC_DISPATCH(nearest_rows)(measure, queries, targets, begin, end, nearest.data());
  });
}

Columns finite_rows(const Columns& points) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < points.rows(); ++row) count += row_is_finite(points, row);
  if (count == points.rows()) return points;
  Columns kept(count, points.columns());
  std::size_t next = 0;
  for (std::size_t row = 0; row < points.rows(); ++row) {
    if (!row_is_finite(points, row)) continue;
    for (std::size_t k = 0; k < points.columns(); ++k) kept(next, k) = points(row, k);
    ++next;
  }
  return kept;
}

void require_reference(const char* indicator, const Columns& reference, std::size_t columns) {
  const std::string name(indicator);
  if (reference.rows() == 0) throw std::invalid_argument(name + ": the reference set is empty");
  if (reference.columns() != columns)
    throw std::invalid_argument(name + ": the front has " + std::to_string(columns) +
                                " objectives, the reference set " + std::to_string(reference.columns()));
  for (std::size_t row = 0; row < reference.rows(); ++row)
    if (!row_is_finite(reference, row))
      throw std::invalid_argument(name + ": row " + std::to_string(row) + " of the reference set is not finite");
}

}  // namespace millrace
#endif
