// Volume of a three-dimensional box that a few points leave uncovered. Included once a SIMD target.
#if defined(MILLRACE_UNCOVERED_BOX_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_UNCOVERED_BOX_INL_H
#undef MILLRACE_UNCOVERED_BOX_INL_H
#else
#define MILLRACE_UNCOVERED_BOX_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

#include "engine/indicator/hypervolume_memory.hpp"
#include "engine/indicator/pack_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

// Sums are laid out over eight lanes whatever the width of the vectors, so that every target rounds alike.
constexpr std::size_t kSumLanes = 8;
// Up to here comparing every point with every other beats the staircase, whose branches are not predictable.
constexpr std::size_t kPairwiseLimit = 40;

/// Part of a slab's floor plan that is still open: corners ascending in x, falling in y. Corner i is the height from
/// its x to the next corner's; the last one is the end (upper x, lower y).
struct Staircase {
  double* x;
  double* y;
  std::size_t size;

  // Lowers the heights to y0 from x0 on and returns the area that this closes.
  double close(double x0, double y0) {
    std::size_t first = static_cast<std::size_t>(std::upper_bound(x, x + size, x0) - x);
    if (first == size || first == 0 || y[first - 1] <= y0) return 0.0;
    double closed = (x[first] - x0) * (y[first - 1] - y0);
    std::size_t last = first;
    for (; y[last] > y0; ++last) closed += (x[last + 1] - x[last]) * (y[last] - y0);
    if (x[first - 1] == x0) --first;
    if (last == first) {
      std::copy_backward(x + first, x + size, x + size + 1);
      std::copy_backward(y + first, y + size, y + size + 1);
    } else {
      std::copy(x + last, x + size, x + first + 1);
      std::copy(y + last, y + size, y + first + 1);
    }
    size = size + 1 + first - last;
    x[first] = x0;
    y[first] = y0;
    return closed;
  }
};

// `points`: sorted by z, clamped to the lower corner, none at or beyond the upper one.
inline double uncovered_by_staircase(BoxPoints& points, const double* lower, const double* upper) {
  Staircase open{points.work[0].data(), points.work[1].data(), 2};
  open.x[0] = lower[0];
  open.y[0] = upper[1];
  open.x[1] = upper[0];
  open.y[1] = lower[1];
  double area = (upper[0] - lower[0]) * (upper[1] - lower[1]);
  double volume = 0.0;
  double height = lower[2];
  for (std::size_t i = 0; i < points.count; ++i) {
    volume += area * (points.z[i] - height);
    height = points.z[i];
    area -= open.close(points.x[i], points.y[i]);
  }
  return volume + area * (upper[2] - height);
}

// The floor plan is cut at the x of every point into strips, a lane each. A strip is as deep as the lowest y of the
// points at or before its x that the sweep over z has met, and as wide as the way to the next larger x.
inline double uncovered_by_pairs(BoxPoints& points, const double* lower, const double* upper) {
  const D d;
  // The strip before the first point is one more point that covers nothing.
  double* const x = points.x.data();
  double* const y = points.y.data();
  double* const rise = points.work[0].data();
  double* const strip = points.work[1].data();
  const std::size_t count = points.count + 1;
  const std::size_t padded = round_up(count, kSumLanes);
  x[points.count] = lower[0];
  y[points.count] = upper[1];
  points.z[points.count] = upper[2];
  for (std::size_t i = count; i < padded; ++i) x[i] = upper[0];
  const double first_rise = points.z[0] - lower[2];
  for (std::size_t i = 0; i < points.count; i += hn::Lanes(d))
    hn::StoreU(hn::Sub(hn::LoadU(d, points.z.data() + i + 1), hn::LoadU(d, points.z.data() + i)), d, rise + i);
  rise[points.count] = 0.0;

  const V end = hn::Set(d, upper[0]);
  const V floor = hn::Set(d, lower[1]);
  for (std::size_t lane = 0; lane < padded; lane += hn::Lanes(d)) {
    const V from = hn::Load(d, x + lane);
    const V index = hn::Iota(d, static_cast<double>(lane));
    V next = end;
    V depth = hn::Set(d, upper[1] - lower[1]);
    V sum = hn::Mul(depth, hn::Set(d, first_rise));
    for (std::size_t k = 0; k < count; ++k) {
      const V at = hn::Set(d, x[k]);
      // Of strips that start together only that of the last point has a width.
      const auto later =
          hn::Or(hn::Gt(at, from), hn::And(hn::Eq(at, from), hn::Lt(index, hn::Set(d, static_cast<double>(k)))));
      next = hn::Min(next, hn::IfThenElse(later, at, end));
      const V deep = hn::Sub(hn::Set(d, y[k]), floor);
      depth = hn::IfThenElse(hn::Le(at, from), hn::Min(depth, deep), depth);
      sum = hn::Add(sum, hn::Mul(depth, hn::Set(d, rise[k])));
    }
    hn::Store(hn::Mul(sum, hn::Sub(next, from)), d, strip + lane);
  }
  double partial[kSumLanes] = {};
  for (std::size_t i = 0; i < padded; i += kSumLanes)
    for (std::size_t lane = 0; lane < kSumLanes; ++lane) partial[lane] += strip[i + lane];
  return ((partial[0] + partial[4]) + (partial[2] + partial[6])) +
         ((partial[1] + partial[5]) + (partial[3] + partial[7]));
}

/// Volume of the box from `lower` to `upper` that `points` leave uncovered; writes over the memory of `points`.
inline double uncovered(BoxPoints& points, const double* lower, const double* upper) {
  if (points.count == 0) return (upper[0] - lower[0]) * (upper[1] - lower[1]) * (upper[2] - lower[2]);
  return points.count <= kPairwiseLimit ? uncovered_by_pairs(points, lower, upper)
                                        : uncovered_by_staircase(points, lower, upper);
}

/// Volume of that box that `points` cover.
inline double covered(BoxPoints& points, const double* lower, const double* upper) {
  return (upper[0] - lower[0]) * (upper[1] - lower[1]) * (upper[2] - lower[2]) - uncovered(points, lower, upper);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
