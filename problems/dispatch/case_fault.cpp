#include "problems/dispatch/case_fault.hpp"

#include <fmt/format.h>

#include <cmath>

namespace millrace {
namespace {

using Fault = std::optional<DispatchFault>;

struct Number {
  const char* section;
  const char* key;
  double value;
};

Fault at_least_zero(const DispatchPlant& p) {
  const Number numbers[] = {
      {"capture", "kiln_t_per_h", p.kiln_t_per_h},
      {"capture", "reference_energy_MWh", p.reference_energy_MWh},
      {"capture", "base_load_MWh", p.base_load_MWh},
      {"cooling", "water_m3_per_t", p.cooling_m3_per_t},
      {"cooling", "water_m3_per_MWh", p.cooling_m3_per_MWh},
      {"cooling", "fresh_energy_MWh_per_m3", p.fresh_energy_MWh_per_m3},
      {"cooling", "reclaim_energy_MWh_per_m3", p.reclaim_energy_MWh_per_m3},
      {"hydro", "evaporation_m3_per_MWh", p.evaporation_m3_per_MWh},
      {"hydro", "reservoir_start_MWh", p.reservoir_start_MWh},
      {"hydro", "reservoir_most_MWh", p.reservoir_most_MWh},
      {"hydro", "turbine_MW", p.turbine_MW},
      {"hydro", "pump_MW", p.pump_MW},
      {"hydro", "pump_efficiency", p.pump_efficiency},
      {"prices", "thermal_gbp_per_MWh", p.thermal_gbp_per_MWh},
      {"prices", "hydro_gbp_per_MWh", p.hydro_gbp_per_MWh},
      {"prices", "water_gbp_per_m3", p.water_gbp_per_m3},
      {"prices", "unmet_water_gbp_per_m3", p.unmet_gbp_per_m3},
      {"prices", "deficit_gbp_per_MWh", p.deficit_gbp_per_MWh},
  };
  for (const Number& number : numbers)
    if (!(number.value >= 0.0))
      return DispatchFault{number.section, number.key,
                           fmt::format("is {}; write a number that is at least 0", number.value)};
  return std::nullopt;
}

Fault plant_fault(const DispatchPlant& p) {
  if (auto fault = at_least_zero(p)) return fault;
  if (!(p.kiln_t_per_h > 0.0))
    return DispatchFault{"capture", "kiln_t_per_h", "is 0; write what the kiln emits, above 0"};
  if (!(p.base_load_MWh > 0.0))
    return DispatchFault{"capture", "base_load_MWh", "is 0; write the load without capture, above 0"};
  if (!(p.capture_share > 0.0 && p.capture_share <= 1.0))
    return DispatchFault{"capture", "capture_share",
                         fmt::format("is {}; write a share above 0 and at most 1", p.capture_share)};
  if (!(p.reference_share > 0.0 && p.reference_share <= 1.0))
    return DispatchFault{"capture", "reference_share",
                         fmt::format("is {}; write a share above 0 and at most 1", p.reference_share)};
  if (!(p.capture_exponent >= 1.0 && p.capture_exponent <= 10.0))
    return DispatchFault{
        "capture", "exponent",
        fmt::format("is {}; write 1 to 10, so that the energy is convex in the rate", p.capture_exponent)};
  if (p.reservoir_start_MWh > p.reservoir_most_MWh)
    return DispatchFault{
        "hydro", "reservoir_start_MWh",
        fmt::format("is {}, above its maximum reservoir_most_MWh = {}; lower the one or raise the other",
                    p.reservoir_start_MWh, p.reservoir_most_MWh)};
  if (!(p.reservoir_most_MWh > 0.0))
    return DispatchFault{"hydro", "reservoir_most_MWh", "is 0; write what the reservoir holds, above 0"};
  if (p.pump_efficiency > 1.0)
    return DispatchFault{"hydro", "pump_efficiency",
                         fmt::format("is {}; write a share from 0 to 1", p.pump_efficiency)};
  return std::nullopt;
}

Fault series_fault(const char* key, const std::vector<double>& values) {
  for (std::size_t t = 0; t < values.size(); ++t)
    if (!(values[t] >= 0.0 && std::isfinite(values[t])))
      return DispatchFault{"hours", key,
                           fmt::format("is {} in hour {}; write a finite number that is at least 0", values[t], t)};
  return std::nullopt;
}

Fault hours_fault(const DispatchHours& hours) {
  const std::size_t count = hours.renewable_MWh.size();
  if (hours.carbon_kg_per_MWh.size() != count)
    return DispatchFault{"hours", "carbon_intensity_kg_per_MWh",
                         fmt::format("has {} hours where renewable_MWh has {}; write both for the same hours",
                                     hours.carbon_kg_per_MWh.size(), count)};
  if (count < kHoursOfDay || count % kHoursOfDay != 0)
    return DispatchFault{"hours", "renewable_MWh", fmt::format("has {} hours; write 24, or more whole days", count)};
  if (auto fault = series_fault("carbon_intensity_kg_per_MWh", hours.carbon_kg_per_MWh)) return fault;
  return series_fault("renewable_MWh", hours.renewable_MWh);
}

Fault scenario_fault(const DispatchScenario& s, std::size_t index) {
  const auto fault = [&](const char* key, double value) {
    return DispatchFault{"scenarios", key,
                         fmt::format("is {} in '{}'; write a number that is at least 0", value, s.name), index};
  };
  if (!(s.fresh_limit_m3_per_h >= 0.0)) return fault("fresh_limit_m3_per_h", s.fresh_limit_m3_per_h);
  if (!(s.renewable_factor >= 0.0)) return fault("renewable_factor", s.renewable_factor);
  if (!(s.carbon_gbp_per_t >= 0.0)) return fault("carbon_gbp_per_t", s.carbon_gbp_per_t);
  if (!(s.reclaim_limit_m3_per_h >= 0.0)) return fault("reclaim_limit_m3_per_h", s.reclaim_limit_m3_per_h);
  return std::nullopt;
}

Fault noise_fault(const DispatchNoise& n) {
  if (!(n.renewable >= 0.0))
    return DispatchFault{"noise", "renewable",
                         fmt::format("is {}; write a standard deviation, at least 0", n.renewable)};
  if (!(n.carbon >= 0.0))
    return DispatchFault{"noise", "carbon_intensity",
                         fmt::format("is {}; write a standard deviation, at least 0", n.carbon)};
  if (n.training_seeds < 1 || n.training_seeds > 10000)
    return DispatchFault{"noise", "training_seeds", "is no number of seeds; write 1 to 10000"};
  if (n.evaluation_seeds < 1 || n.evaluation_seeds > 10000)
    return DispatchFault{"noise", "evaluation_seeds", "is no number of seeds; write 1 to 10000"};
  if (!(n.tail > 0.0 && n.tail <= 1.0))
    return DispatchFault{"noise", "tail", fmt::format("is {}; write a share above 0 and at most 1", n.tail)};
  return std::nullopt;
}

Fault observation_fault(const DispatchObservation& o) {
  if (!(o.carbon_spread > 0.0))
    return DispatchFault{"observation", "carbon_spread_kg_per_MWh", "is not above 0; write how far the values spread"};
  if (!(o.renewable_spread > 0.0))
    return DispatchFault{"observation", "renewable_spread_MWh", "is not above 0; write how far the values spread"};
  return std::nullopt;
}

}  // namespace

std::optional<DispatchFault> dispatch_fault(const DispatchCase& dispatch) {
  if (auto fault = plant_fault(dispatch.plant)) return fault;
  if (auto fault = hours_fault(dispatch.hours)) return fault;
  for (std::size_t s = 0; s < dispatch.scenarios.size(); ++s)
    if (auto fault = scenario_fault(dispatch.scenarios[s], s)) return fault;
  if (auto fault = noise_fault(dispatch.noise)) return fault;
  return observation_fault(dispatch.observation);
}

}  // namespace millrace
