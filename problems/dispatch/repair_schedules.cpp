#include "problems/dispatch/repair_schedules.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/dispatch/repair_schedules.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "problems/dispatch/simulation-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

HWY_INLINE V cooling_of(const PlantNumbers& p, V capture) {
  return hn::MulAdd(set(p.plant.cooling_m3_per_t), hn::Mul(capture, set(p.capture_most)),
                    hn::Mul(set(p.plant.cooling_m3_per_MWh), capture_energy(p, capture)));
}

/// Capture and reclaimed share that `allowed` fresh water is enough for.
HWY_INLINE void repair_water(const PlantNumbers& p, V allowed, V& capture, V& reclaim) {
  const D d;
  V cooling = cooling_of(p, capture);
  const V room = hn::Add(allowed, set(p.reclaim_limit));
  const auto thirsty = hn::Gt(cooling, room);
  if (!hn::AllFalse(d, thirsty)) {
    capture = hn::IfThenElse(thirsty, hn::Mul(capture, hn::Div(room, cooling)), capture);
    cooling = cooling_of(p, capture);
  }
  const V least = hn::Div(hn::Sub(cooling, allowed), cooling);
  reclaim = hn::IfThenElse(hn::Gt(cooling, allowed), clip(hn::Max(reclaim, least)), reclaim);
}

/// The share of hydropower that the reservoir and the turbine can give where thermal power gives the rest.
HWY_INLINE V repair_share(const PlantNumbers& p, const Load& load, V share, double renewable, V reservoir) {
  const V available = hn::Min(reservoir, set(p.plant.turbine_MW));
  const V thermal = hn::Sub(hn::Sub(load.need, set(renewable)), available);
  const V most = hn::Sub(set(1.0), hn::Div(positive_part(thermal), load.base));
  const auto short_of = hn::Gt(thermal, hn::Mul(hn::Sub(set(1.0), share), load.base));
  return hn::IfThenElse(short_of, clip(hn::Min(share, most)), share);
}

void repair(const DispatchModel& model, const Futures& futures, double* x) {
  const D d;
  const PlantNumbers p(model);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(d)) {
    V used = hn::Zero(d);
    V reservoir = set(p.plant.reservoir_start_MWh);
    for (std::size_t t = 0; t < futures.hours(); ++t) {
      if (t % kHoursOfDay == 0) used = hn::Zero(d);
      double* const at = x + kControls * t * kLanes + lane;
      V capture = clip(hn::Load(d, at));
      V share = clip(hn::Load(d, at + kLanes));
      V reclaim = clip(hn::Load(d, at + 2 * kLanes));
      const V allowed = p.physical ? positive_part(hn::Sub(set(p.daily_limit), used)) : set(p.hourly_limit);
      repair_water(p, allowed, capture, reclaim);
      const double renewable = futures.renewable(0)[t];
      const Load load = load_of(p, water_hour(p, capture, reclaim, used));
      share = repair_share(p, load, share, renewable, reservoir);
      energy_hour(p, load, share, renewable, reservoir);
      hn::Store(capture, d, at);
      hn::Store(share, d, at + kLanes);
      hn::Store(reclaim, d, at + 2 * kLanes);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(repair);

void repair_schedules(const DispatchModel& model, const Futures& futures, double* x) {
  HWY_DYNAMIC_DISPATCH(repair)(model, futures, x);
}

}  // namespace millrace
#endif
