// Four-dimensional hypervolume as a sweep over the last objective. Included once a SIMD target.
#if defined(MILLRACE_FRONT_SWEEP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_FRONT_SWEEP_INL_H
#undef MILLRACE_FRONT_SWEEP_INL_H
#else
#define MILLRACE_FRONT_SWEEP_INL_H
#endif

#include <hwy/highway.h>

#include <cstring>

#include "engine/indicator/hypervolume_memory.hpp"
#include "engine/indicator/pack_lanes-inl.h"
#include "engine/indicator/uncovered_box-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

/// A point of three objectives.
struct Point3 {
  double x, y, z;
};

// Calls take(lane) for every set lane.
template <class Take>
HWY_INLINE void for_lanes(M mask, Take take) {
  for (unsigned bits = lane_bits(mask); bits != 0; bits &= bits - 1) take(hwy::Num0BitsBelowLS1Bit_Nonzero32(bits));
}

// Moves values[place .. end) one up and puts `value` at `place`.
HWY_INLINE void open_at(double* values, std::size_t place, std::size_t end, double value) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  while (end - place >= lanes) {
    end -= lanes;
    hn::StoreU(hn::LoadU(d, values + end), d, values + end + 1);
  }
  for (; end > place; --end) values[end] = values[end - 1];
  values[place] = value;
}

// Puts `p` at `place` after dropping the points listed in `dominated`, all at or after `place`, ascending.
inline void replace(FrontOfThree& front, Point3 p, std::size_t place) {
  const auto& dropped = front.dominated;
  const double values[3] = {p.x, p.y, p.z};
  double* columns[3] = {front.x.data(), front.y.data(), front.z.data()};
  for (std::size_t k = 0; k < 3; ++k) {
    double* column = columns[k];
    open_at(column, place, dropped.empty() ? front.count : dropped[0], values[k]);
    for (std::size_t i = 1; i < dropped.size(); ++i) {
      const std::size_t end = i + 1 < dropped.size() ? dropped[i + 1] : front.count;
      std::memmove(column + dropped[i] + 1 - i, column + dropped[i] + 1, (end - dropped[i] - 1) * sizeof(double));
    }
    for (std::size_t i = 1; i < dropped.size(); ++i) column[front.count - i] = std::numeric_limits<double>::quiet_NaN();
  }
  front.count = front.count + 1 - dropped.size();
}

// Adds `p` to the front unless a point of the front is nowhere worse.
inline void insert(FrontOfThree& front, Point3 p) {
  const D d;
  const V x = hn::Set(d, p.x), y = hn::Set(d, p.y), z = hn::Set(d, p.z);
  std::size_t place = 0;
  front.dominated.clear();
  for (std::size_t i = 0; i < front.count; i += hn::Lanes(d)) {
    const V fx = hn::Load(d, front.x.data() + i), fy = hn::Load(d, front.y.data() + i);
    const V fz = hn::Load(d, front.z.data() + i);
    if (!hn::AllFalse(d, hn::And(hn::And(hn::Le(fx, x), hn::Le(fy, y)), hn::Le(fz, z)))) return;
    place += hn::CountTrue(d, hn::Lt(fz, z));
    const M worse = hn::And(hn::And(hn::Ge(fx, x), hn::Ge(fy, y)), hn::Ge(fz, z));
    if (!hn::AllFalse(d, worse)) for_lanes(worse, [&](std::size_t lane) { front.dominated.push_back(i + lane); });
  }
  replace(front, p, place);
}

// Upper corner of the box that `p` has to itself but for points inside it; false where the front covers `p`.
inline bool own_box(const FrontOfThree& front, Point3 p, const double* reference, double* upper, std::size_t& place) {
  const D d;
  const V x = hn::Set(d, p.x), y = hn::Set(d, p.y), z = hn::Set(d, p.z);
  V ux = hn::Set(d, reference[0]), uy = hn::Set(d, reference[1]), uz = hn::Set(d, reference[2]);
  place = 0;
  for (std::size_t i = 0; i < front.count; i += hn::Lanes(d)) {
    const V fx = hn::Load(d, front.x.data() + i), fy = hn::Load(d, front.y.data() + i);
    const V fz = hn::Load(d, front.z.data() + i);
    const M le_x = hn::Le(fx, x), le_y = hn::Le(fy, y), le_z = hn::Le(fz, z);
    const M le_xy = hn::And(le_x, le_y);
    if (!hn::AllFalse(d, hn::And(le_xy, le_z))) return false;
    ux = hn::Min(ux, hn::IfThenElse(hn::And(le_y, le_z), fx, ux));
    uy = hn::Min(uy, hn::IfThenElse(hn::And(le_x, le_z), fy, uy));
    uz = hn::Min(uz, hn::IfThenElse(le_xy, fz, uz));
    place += hn::CountTrue(d, hn::Lt(fz, z));
  }
  upper[0] = hn::GetLane(hn::MinOfLanes(d, ux));
  upper[1] = hn::GetLane(hn::MinOfLanes(d, uy));
  upper[2] = hn::GetLane(hn::MinOfLanes(d, uz));
  return true;
}

// Points of the front that reach into the box [p, upper), clamped to it, and which of them `p` dominates.
inline void reach_into(FrontOfThree& front, Point3 p, const double* upper, BoxPoints& box) {
  const D d;
  const V x = hn::Set(d, p.x), y = hn::Set(d, p.y), z = hn::Set(d, p.z);
  const V ux = hn::Set(d, upper[0]), uy = hn::Set(d, upper[1]), uz = hn::Set(d, upper[2]);
  std::size_t count = 0;
  front.dominated.clear();
  for (std::size_t i = 0; i < front.count; i += hn::Lanes(d)) {
    const V fx = hn::Load(d, front.x.data() + i), fy = hn::Load(d, front.y.data() + i);
    const V fz = hn::Load(d, front.z.data() + i);
    const M inside = hn::And(hn::And(hn::Lt(fx, ux), hn::Lt(fy, uy)), hn::Lt(fz, uz));
    if (hn::AllFalse(d, inside)) continue;
    const LanePacker packer(inside);
    packer.store(hn::Max(fx, x), box.x.data() + count);
    packer.store(hn::Max(fy, y), box.y.data() + count);
    packer.store(hn::Max(fz, z), box.z.data() + count);
    count += packer.count();
    const M worse = hn::And(hn::And(hn::Ge(fx, x), hn::Ge(fy, y)), hn::Ge(fz, z));
    if (!hn::AllFalse(d, worse)) for_lanes(worse, [&](std::size_t lane) { front.dominated.push_back(i + lane); });
  }
  box.count = count;
}

// Volume that `p` adds to the front below `reference`; `p` joins the front.
inline double add(FrontOfThree& front, Point3 p, const double* reference, BoxPoints& box) {
  double upper[3];
  std::size_t place;
  if (!own_box(front, p, reference, upper, place)) return 0.0;
  reach_into(front, p, upper, box);
  const double lower[3] = {p.x, p.y, p.z};
  replace(front, p, place);
  return uncovered(box, lower, upper);
}

// Volume of the box from `lower` to `upper` that the front covers.
inline double covered(const FrontOfThree& front, const double* lower, const double* upper, BoxPoints& box) {
  std::copy_n(front.x.data(), front.count, box.x.data());
  std::copy_n(front.y.data(), front.count, box.y.data());
  std::copy_n(front.z.data(), front.count, box.z.data());
  box.count = front.count;
  return covered(box, lower, upper);
}

/// Hypervolume of `points` (columns 0 to 3, sorted by objective 3, none below `lower` or beyond `upper`).
inline double sweep_four(const PointSet& points, const double* lower, const double* upper, FrontOfThree& front,
                         BoxPoints& box) {
  const double *x = points.column(0), *y = points.column(1), *z = points.column(2), *w = points.column(3);
  front.clear();
  // Points at the lower end of objective 3 come in any order. Those that were clamped most come last, and are most
  // likely to be dominated by the others.
  std::size_t first = 0;
  while (first < points.count && w[first] == lower[3]) ++first;
  for (std::size_t i = first; i-- > 0;) insert(front, {x[i], y[i], z[i]});
  double sum = covered(front, lower, upper, box) * (upper[3] - lower[3]);
  for (std::size_t i = first; i < points.count; ++i)
    sum += add(front, {x[i], y[i], z[i]}, upper, box) * (upper[3] - w[i]);
  return sum;
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
