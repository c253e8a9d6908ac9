#include "engine/select/direction_search.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/select/direction_search.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::CappedTag<double, 8> kReal;
using RealVector = hn::Vec<decltype(kReal)>;
constexpr std::size_t kRealLanes = hn::MaxLanes(kReal);
constexpr hn::RebindToSigned<decltype(kReal)> kIndex;
/// Rows of `units` between two comparisons with the best; Columns pads to a multiple of it with zeros.
constexpr std::size_t kRun = 8;

/// Vectors of points that are worked on together, by the registers that a target has.
constexpr std::size_t groups_for(std::size_t m) {
  const std::size_t registers = HWY_TARGET <= HWY_AVX3 ? 32 : 16;
  const std::size_t room = (registers - 2) / (m + 2);
  return room >= 4 ? 4 : room >= 2 ? 2 : 1;
}

/// Dot products of one row of `units`, in all lanes, with a vector of points.
template <std::size_t M>
HWY_INLINE RealVector dot(const RealVector* y, const RealVector* unit) {
  RealVector sum = hn::Mul(y[0], unit[0]);
  for (std::size_t k = 1; k < M; ++k) sum = hn::MulAdd(y[k], unit[k], sum);
  return sum;
}

/// First row of the run with exactly the dot product `best`, in the arithmetic of the search.
HWY_INLINE std::int64_t row_in_run(const Columns& units, const double* y, std::size_t m, std::size_t run, double best) {
  const auto wanted = hn::Set(kReal, best);
  for (std::size_t row = run; row < run + kRun; row += kRealLanes) {
    auto sum = hn::Mul(hn::Set(kReal, y[0]), hn::Load(kReal, units.column_data(0) + row));
    for (std::size_t k = 1; k < m; ++k)
      sum = hn::MulAdd(hn::Set(kReal, y[k * PointBlock::kMost]), hn::Load(kReal, units.column_data(k) + row), sum);
    const auto lane = hn::FindFirstTrue(kReal, hn::Eq(sum, wanted));
    if (lane >= 0) return static_cast<std::int64_t>(row) + lane;
  }
  return 0;
}

using IndexVector = hn::Vec<decltype(kIndex)>;

/// Best dot product of each point so far, and the run that it is from.
struct Best {
  HWY_INLINE Best() : value(hn::Set(kReal, -1.0)), first_row(hn::Zero(kIndex)) {}
  HWY_INLINE void update(RealVector largest, std::size_t run) {
    const auto better = hn::RebindMask(kIndex, hn::Gt(largest, value));
    first_row = hn::IfThenElse(better, hn::Set(kIndex, static_cast<std::int64_t>(run)), first_row);
    value = hn::Max(value, largest);
  }
  RealVector value;
  IndexVector first_row;
};

HWY_INLINE void store_nearest(const Columns& units, const Best& best, std::size_t first, PointBlock& block) {
  alignas(64) double value[kRealLanes];
  alignas(64) std::int64_t run[kRealLanes];
  hn::Store(best.value, kReal, value);
  hn::Store(best.first_row, kIndex, run);
  for (std::size_t lane = 0; lane < kRealLanes; ++lane)
    block.nearest[first + lane] =
        row_in_run(units, block.y.data() + first + lane, block.m, static_cast<std::size_t>(run[lane]), value[lane]);
}

/// The points of G vectors from point `first` on, M known: in registers.
template <std::size_t M, std::size_t G>
void search_groups(const Columns& units, PointBlock& block, std::size_t first) {
  RealVector point[G][M];
  for (std::size_t g = 0; g < G; ++g)
    for (std::size_t k = 0; k < M; ++k)
      point[g][k] = hn::Load(kReal, block.y.data() + k * PointBlock::kMost + first + g * kRealLanes);
  Best best[G];
  for (std::size_t run = 0; run < units.rows(); run += kRun) {
    RealVector largest[G];
    for (std::size_t g = 0; g < G; ++g) largest[g] = hn::Set(kReal, -1.0);
    for (std::size_t row = run; row < run + kRun; ++row) {
      RealVector unit[M];
      for (std::size_t k = 0; k < M; ++k) unit[k] = hn::Set(kReal, units.column_data(k)[row]);
      for (std::size_t g = 0; g < G; ++g) largest[g] = hn::Max(largest[g], dot<M>(point[g], unit));
    }
    for (std::size_t g = 0; g < G; ++g) best[g].update(largest[g], run);
  }
  for (std::size_t g = 0; g < G; ++g) store_nearest(units, best[g], first + g * kRealLanes, block);
}

/// The same for one vector of points and any M: points and directions from memory.
void search_any(const Columns& units, PointBlock& block, std::size_t first) {
  const double* y = block.y.data() + first;
  Best best;
  for (std::size_t run = 0; run < units.rows(); run += kRun) {
    RealVector largest = hn::Set(kReal, -1.0);
    for (std::size_t row = run; row < run + kRun; ++row) {
      auto sum = hn::Mul(hn::Load(kReal, y), hn::Set(kReal, units.column_data(0)[row]));
      for (std::size_t k = 1; k < block.m; ++k)
        sum = hn::MulAdd(hn::Load(kReal, y + k * PointBlock::kMost), hn::Set(kReal, units.column_data(k)[row]), sum);
      largest = hn::Max(largest, sum);
    }
    best.update(largest, run);
  }
  store_nearest(units, best, first, block);
}

template <std::size_t M>
void search_all(const Columns& units, PointBlock& block) {
  constexpr std::size_t kGroups = groups_for(M);
  for (std::size_t first = 0; first < block.padded(); first += kGroups * kRealLanes)
    search_groups<M, kGroups>(units, block, first);
}

void SearchDirections(const Columns& units, PointBlock& block) {
  switch (block.m) {
    case 2: return search_all<2>(units, block);
    case 3: return search_all<3>(units, block);
    case 4: return search_all<4>(units, block);
    case 5: return search_all<5>(units, block);
    case 6: return search_all<6>(units, block);
    case 8: return search_all<8>(units, block);
    default:
      for (std::size_t first = 0; first < block.padded(); first += kRealLanes) search_any(units, block, first);
  }
}

void MeasureDistances(const Columns& units, PointBlock& block) {
  for (std::size_t i = 0; i < block.padded(); i += kRealLanes) {
    const auto row = hn::Load(kIndex, block.nearest.data() + i);
    const auto unit = [&](std::size_t k) HWY_ATTR { return hn::GatherIndex(kReal, units.column_data(k), row); };
    const auto y = [&](std::size_t k) HWY_ATTR { return hn::Load(kReal, block.y.data() + k * PointBlock::kMost + i); };
    auto along = hn::Mul(y(0), unit(0));
    for (std::size_t k = 1; k < block.m; ++k) along = hn::MulAdd(y(k), unit(k), along);
    auto squares = hn::Zero(kReal);
    for (std::size_t k = 0; k < block.m; ++k) {
      const auto residual = hn::NegMulAdd(along, unit(k), y(k));
      squares = hn::MulAdd(residual, residual, squares);
    }
    hn::Store(hn::Sqrt(squares), kReal, block.distance.data() + i);
  }
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(SearchDirections);
HWY_EXPORT(MeasureDistances);

void search_directions(const Columns& units, PointBlock& block) {
  HWY_DYNAMIC_DISPATCH(SearchDirections)(units, block);
}
void measure_distances(const Columns& units, PointBlock& block) {
  HWY_DYNAMIC_DISPATCH(MeasureDistances)(units, block);
}

}  // namespace millrace
#endif
