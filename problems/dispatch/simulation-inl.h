// One hour of the plant for a vector of lanes: include it below <hwy/highway.h>, once per target.
#if defined(MILLRACE_PROBLEMS_DISPATCH_SIMULATION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_PROBLEMS_DISPATCH_SIMULATION_INL_H_
#undef MILLRACE_PROBLEMS_DISPATCH_SIMULATION_INL_H_
#else
#define MILLRACE_PROBLEMS_DISPATCH_SIMULATION_INL_H_
#endif

#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>

#include "problems/dispatch/simulation.hpp"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;

HWY_INLINE V set(double value) { return hn::Set(D(), value); }
HWY_INLINE V clip(V x) { return hn::Min(hn::Max(x, hn::Zero(D())), set(1.0)); }
HWY_INLINE V positive_part(V x) { return hn::Max(x, hn::Zero(D())); }

/// The model's numbers where a kernel reads them every hour.
struct PlantNumbers {
  explicit PlantNumbers(const DispatchModel& m)
      : physical(m.profile == DispatchProfile::physical), plant(m.plant), capture_most(m.capture_most_t()),
        inverse_reference(1.0 / m.plant.reference_share), kiln_kg(1000.0 * m.plant.kiln_t_per_h),
        hourly_limit(m.scenario.fresh_limit_m3_per_h), daily_limit(m.daily_limit_m3()),
        reclaim_limit(m.scenario.reclaim_limit_m3_per_h) {}

  bool physical;
  DispatchPlant plant;
  double capture_most, inverse_reference, kiln_kg, hourly_limit, daily_limit, reclaim_limit;
};

/// Power of the capture: exp and log of Highway, whose bits are the same on every target that fuses.
HWY_INLINE V capture_energy(const PlantNumbers& p, V capture) {
  const D d;
  const V ratio = hn::Mul(capture, set(p.inverse_reference));
  const V power = hn::Exp(d, hn::Mul(set(p.plant.capture_exponent), hn::Log(d, ratio)));
  // No capture takes no energy, whatever a logarithm of zero is.
  return hn::IfThenElseZero(hn::Gt(capture, hn::Zero(d)), hn::Mul(set(p.plant.reference_energy_MWh), power));
}

struct WaterHour {
  V captured, energy, cooling, fresh, reclaimed, unmet, water_energy;
};

/// `used` is the day's fresh water before and after this hour.
HWY_INLINE WaterHour water_hour(const PlantNumbers& p, V capture, V reclaim, V& used) {
  WaterHour h;
  h.captured = hn::Mul(capture, set(p.capture_most));
  h.energy = capture_energy(p, capture);
  h.cooling = hn::MulAdd(set(p.plant.cooling_m3_per_t), h.captured, hn::Mul(set(p.plant.cooling_m3_per_MWh), h.energy));
  h.reclaimed = hn::Min(hn::Mul(reclaim, h.cooling), set(p.reclaim_limit));
  if (p.physical) {
    const V allowed = positive_part(hn::Sub(set(p.daily_limit), used));
    h.fresh = hn::Min(positive_part(hn::Sub(h.cooling, h.reclaimed)), allowed);
  } else {
    h.fresh = hn::Min(h.cooling, set(p.hourly_limit));
  }
  h.unmet = positive_part(hn::Sub(hn::Sub(h.cooling, h.fresh), h.reclaimed));
  h.water_energy = hn::MulAdd(set(p.plant.fresh_energy_MWh_per_m3), h.fresh,
                              hn::Mul(set(p.plant.reclaim_energy_MWh_per_m3), h.reclaimed));
  used = hn::Add(used, h.fresh);
  return h;
}

/// What the plant needs, and what dispatch is a share of.
struct Load {
  V need, base;
};

HWY_INLINE Load load_of(const PlantNumbers& p, const WaterHour& h) {
  const V plant = hn::Add(set(p.plant.base_load_MWh), h.energy);
  const V need = hn::Add(plant, h.water_energy);
  return {need, p.physical ? need : plant};
}

struct EnergyHour {
  V thermal, hydro, deficit, surplus;
};

HWY_INLINE EnergyHour energy_hour(const PlantNumbers& p, const Load& load, V share, double renewable, V& reservoir) {
  EnergyHour h;
  h.thermal = hn::Mul(hn::Sub(set(1.0), share), load.base);
  h.hydro = hn::Min(hn::Mul(share, load.base), hn::Min(reservoir, set(p.plant.turbine_MW)));
  const V ren = set(renewable);
  if (p.physical) h.hydro = hn::Min(h.hydro, positive_part(hn::Sub(hn::Sub(load.need, h.thermal), ren)));
  const V balance = hn::Sub(hn::Add(hn::Add(h.thermal, h.hydro), ren), load.need);
  h.deficit = positive_part(hn::Neg(balance));
  h.surplus = positive_part(balance);
  const V pumped = hn::Min(h.surplus, set(p.plant.pump_MW));
  reservoir = hn::Min(set(p.plant.reservoir_most_MWh),
                      hn::MulAdd(set(p.plant.pump_efficiency), pumped, hn::Sub(reservoir, h.hydro)));
  return h;
}

/// Sums over the hours that do not depend on a future, and those that do.
struct WaterSums {
  V captured, fresh, reclaimed, unmet;
  WaterSums() : captured(hn::Zero(D())), fresh(captured), reclaimed(captured), unmet(captured) {}
  HWY_INLINE void add(const WaterHour& h) {
    captured = hn::Add(captured, h.captured);
    fresh = hn::Add(fresh, h.fresh);
    reclaimed = hn::Add(reclaimed, h.reclaimed);
    unmet = hn::Add(unmet, h.unmet);
  }
  HWY_INLINE void store(double* sums) const {
    const D d;
    hn::Store(captured, d, sums + DispatchSum::captured * kLanes);
    hn::Store(fresh, d, sums + DispatchSum::fresh * kLanes);
    hn::Store(reclaimed, d, sums + DispatchSum::reclaimed * kLanes);
    hn::Store(unmet, d, sums + DispatchSum::unmet * kLanes);
  }
};

struct EnergySums {
  V thermal, hydro, carbon, deficit;
  EnergySums() : thermal(hn::Zero(D())), hydro(thermal), carbon(thermal), deficit(thermal) {}
  HWY_INLINE void add(const EnergyHour& h, double carbon_kg_per_MWh) {
    thermal = hn::Add(thermal, h.thermal);
    hydro = hn::Add(hydro, h.hydro);
    carbon = hn::MulAdd(set(carbon_kg_per_MWh), h.thermal, carbon);
    deficit = hn::Add(deficit, h.deficit);
  }
  HWY_INLINE void store(double* sums) const {
    const D d;
    hn::Store(thermal, d, sums + DispatchSum::thermal * kLanes);
    hn::Store(hydro, d, sums + DispatchSum::hydro * kLanes);
    hn::Store(carbon, d, sums + DispatchSum::grid_carbon_kg * kLanes);
    hn::Store(deficit, d, sums + DispatchSum::deficit * kLanes);
  }
};

/// `hour` points at the lanes of DispatchHour 0 of that hour.
HWY_INLINE void trace_water(double* hour, V capture, V reclaim, const WaterHour& h) {
  const D d;
  hn::Store(capture, d, hour + DispatchHour::capture_control * kLanes);
  hn::Store(reclaim, d, hour + DispatchHour::reclaim_control * kLanes);
  hn::Store(h.captured, d, hour + DispatchHour::captured * kLanes);
  hn::Store(h.energy, d, hour + DispatchHour::capture_energy * kLanes);
  hn::Store(h.cooling, d, hour + DispatchHour::cooling * kLanes);
  hn::Store(h.fresh, d, hour + DispatchHour::fresh * kLanes);
  hn::Store(h.reclaimed, d, hour + DispatchHour::reclaimed * kLanes);
  hn::Store(h.unmet, d, hour + DispatchHour::unmet * kLanes);
  hn::Store(h.water_energy, d, hour + DispatchHour::water_energy * kLanes);
}

HWY_INLINE void trace_energy(const PlantNumbers& p, double* hour, V share, double carbon_kg_per_MWh,
                             const EnergyHour& h, V reservoir) {
  const D d;
  const V captured = hn::Load(d, hour + DispatchHour::captured * kLanes);
  const V fresh = hn::Load(d, hour + DispatchHour::fresh * kLanes);
  const V stack = hn::Sub(set(p.kiln_kg), hn::Mul(set(1000.0), captured));
  hn::Store(share, d, hour + DispatchHour::hydro_control * kLanes);
  hn::Store(h.thermal, d, hour + DispatchHour::thermal * kLanes);
  hn::Store(h.hydro, d, hour + DispatchHour::hydro * kLanes);
  hn::Store(h.deficit, d, hour + DispatchHour::deficit * kLanes);
  hn::Store(h.surplus, d, hour + DispatchHour::surplus * kLanes);
  hn::Store(reservoir, d, hour + DispatchHour::reservoir * kLanes);
  hn::Store(hn::MulAdd(set(carbon_kg_per_MWh), h.thermal, stack), d, hour + DispatchHour::carbon_kg * kLanes);
  hn::Store(hn::MulAdd(set(p.plant.evaporation_m3_per_MWh), h.hydro, fresh), d, hour + DispatchHour::water * kLanes);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif  // target toggle
