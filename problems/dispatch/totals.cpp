#include "problems/dispatch/totals.hpp"

#include <algorithm>

namespace millrace {

DispatchTotals totals_of(const DispatchModel& model, const DispatchWork& work, std::size_t future, std::size_t lane) {
  const DispatchPlant& p = model.plant;
  const auto sum = [&](std::size_t q) { return work.sum(future, q)[lane]; };
  DispatchTotals t;
  t.unmet_m3 = sum(DispatchSum::unmet);
  t.deficit_MWh = sum(DispatchSum::deficit);
  t.captured_t = sum(DispatchSum::captured);
  t.fresh_m3 = sum(DispatchSum::fresh);
  t.reclaimed_m3 = sum(DispatchSum::reclaimed);
  t.hydro_MWh = sum(DispatchSum::hydro);
  t.thermal_MWh = sum(DispatchSum::thermal);
  const double emitted_t = static_cast<double>(model.hours) * p.kiln_t_per_h - t.captured_t;
  t.operating_cost = p.thermal_gbp_per_MWh * t.thermal_MWh + p.hydro_gbp_per_MWh * t.hydro_MWh;
  t.carbon_kg = sum(DispatchSum::grid_carbon_kg) + 1000.0 * emitted_t;
  t.water_m3 = t.fresh_m3 + p.evaporation_m3_per_MWh * t.hydro_MWh;
  t.violation = p.unmet_gbp_per_m3 * t.unmet_m3 + p.deficit_gbp_per_MWh * t.deficit_MWh;
  t.fines = t.violation + model.scenario.carbon_gbp_per_t * t.carbon_kg / 1000.0 + p.water_gbp_per_m3 * t.water_m3;
  t.total = t.operating_cost + t.fines;
  return t;
}

AlignedVector<double> constant_schedule(std::size_t hours, std::span<const double, kControls> controls) {
  AlignedVector<double> x(kControls * hours * kLanes);
  for (std::size_t j = 0; j < kControls * hours; ++j)
    std::fill_n(x.data() + j * kLanes, kLanes, controls[j % kControls]);
  return x;
}

void constant_totals(const DispatchModel& model, const Futures& futures, std::span<const double, kControls> controls,
                     std::span<DispatchTotals> totals) {
  DispatchWork work;
  simulate_schedules(model, futures, constant_schedule(futures.hours(), controls).data(), work);
  for (std::size_t s = 0; s < futures.count(); ++s) totals[s] = totals_of(model, work, s, 0);
}

double wcmpi(const DispatchTotals& with, const DispatchTotals& without) {
  const double avoided_kg = std::max(without.carbon_kg - with.carbon_kg, 0.01 * without.carbon_kg);
  return 1000.0 * (with.water_m3 - without.water_m3) / avoided_kg;
}

}  // namespace millrace
