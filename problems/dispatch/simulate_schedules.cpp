#include "problems/dispatch/simulation.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/dispatch/simulate_schedules.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "problems/dispatch/simulation-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

/// The water of one vector of schedules; what each hour needs goes to `loads` (two columns an hour).
HWY_INLINE WaterSums simulate_water(const PlantNumbers& p, std::size_t hours, const double* x, double* loads,
                                    double* trace) {
  const D d;
  WaterSums sums;
  V used = hn::Zero(d);
  for (std::size_t t = 0; t < hours; ++t) {
    if (t % kHoursOfDay == 0) used = hn::Zero(d);
    const V capture = clip(hn::Load(d, x + kControls * t * kLanes));
    const V reclaim = clip(hn::Load(d, x + (kControls * t + 2) * kLanes));
    const WaterHour hour = water_hour(p, capture, reclaim, used);
    sums.add(hour);
    const Load load = load_of(p, hour);
    hn::Store(load.need, d, loads + 2 * t * kLanes);
    hn::Store(load.base, d, loads + (2 * t + 1) * kLanes);
    if (trace != nullptr) trace_water(trace + t * DispatchHour::count * kLanes, capture, reclaim, hour);
  }
  return sums;
}

HWY_INLINE EnergySums simulate_energy(const PlantNumbers& p, std::span<const double> carbon,
                                      std::span<const double> renewable, const double* x, const double* loads,
                                      double* trace) {
  const D d;
  EnergySums sums;
  V reservoir = set(p.plant.reservoir_start_MWh);
  for (std::size_t t = 0; t < renewable.size(); ++t) {
    const V share = clip(hn::Load(d, x + (kControls * t + 1) * kLanes));
    const Load load = {hn::Load(d, loads + 2 * t * kLanes), hn::Load(d, loads + (2 * t + 1) * kLanes)};
    const EnergyHour hour = energy_hour(p, load, share, renewable[t], reservoir);
    sums.add(hour, carbon[t]);
    if (trace != nullptr) trace_energy(p, trace + t * DispatchHour::count * kLanes, share, carbon[t], hour, reservoir);
  }
  return sums;
}

void schedules(const DispatchModel& model, const Futures& futures, const double* x, double* loads, double* sums,
               double* trace) {
  const PlantNumbers numbers(model);
  for (std::size_t lane = 0; lane < kLanes; lane += hn::Lanes(D())) {
    double* const traced = trace == nullptr ? nullptr : trace + lane;
    const WaterSums water = simulate_water(numbers, futures.hours(), x + lane, loads + lane, traced);
    for (std::size_t s = 0; s < futures.count(); ++s) {
      double* const here = sums + s * DispatchSum::count * kLanes + lane;
      water.store(here);
      simulate_energy(numbers, futures.carbon(s), futures.renewable(s), x + lane, loads + lane,
                      s == 0 ? traced : nullptr)
          .store(here);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(schedules);

const std::array<std::string_view, DispatchHour::count> kDispatchHourNames = {
    "capture_control", "hydro_control", "reclaim_control", "captured_t", "capture_MWh", "cooling_m3",
    "fresh_m3",        "reclaimed_m3",  "unmet_m3",        "water_MWh",  "thermal_MWh", "hydro_MWh",
    "deficit_MWh",     "surplus_MWh",   "reservoir_MWh",   "carbon_kg",  "water_m3"};

void simulate_schedules(const DispatchModel& model, const Futures& futures, const double* x, DispatchWork& work,
                        DispatchTrace* trace) {
  work.prepare(futures.count(), 2 * futures.hours());
  HWY_DYNAMIC_DISPATCH(schedules)
  (model, futures, x, work.lanes.data(), work.sums.data(), trace == nullptr ? nullptr : trace->values.data());
}

}  // namespace millrace
#endif
