#include "problems/dispatch/dispatch_case.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace millrace {

std::string_view name_of(DispatchProfile profile) { return profile == DispatchProfile::table2 ? "table2" : "physical"; }

std::optional<DispatchProfile> dispatch_profile(std::string_view name) {
  for (const DispatchProfile profile : {DispatchProfile::table2, DispatchProfile::physical})
    if (name == name_of(profile)) return profile;
  return std::nullopt;
}

const DispatchScenario* DispatchCase::scenario(std::string_view scenario_name) const {
  for (const DispatchScenario& entry : scenarios)
    if (entry.name == scenario_name) return &entry;
  return nullptr;
}

const PublishedDispatch* DispatchCase::published_row(std::string_view scenario_name, std::string_view policy) const {
  for (const PublishedDispatch& row : published)
    if (row.scenario == scenario_name && row.policy == policy) return &row;
  return nullptr;
}

std::string dispatch_data_digest(const DispatchCase& dispatch) {
  const DispatchPlant& p = dispatch.plant;
  const DispatchNoise& n = dispatch.noise;
  const DispatchObservation& o = dispatch.observation;
  std::string text = fmt::format(
      "profile = {}\nplant = {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}\n",
      name_of(dispatch.profile), p.kiln_t_per_h, p.capture_share, p.reference_share, p.reference_energy_MWh,
      p.capture_exponent, p.cooling_m3_per_t, p.cooling_m3_per_MWh, p.base_load_MWh, p.fresh_energy_MWh_per_m3,
      p.reclaim_energy_MWh_per_m3, p.evaporation_m3_per_MWh, p.reservoir_start_MWh, p.reservoir_most_MWh, p.turbine_MW,
      p.pump_MW, p.pump_efficiency, p.thermal_gbp_per_MWh, p.hydro_gbp_per_MWh, p.water_gbp_per_m3, p.unmet_gbp_per_m3,
      p.deficit_gbp_per_MWh);
  text += fmt::format("noise = {} {} {} {} {}\n", n.renewable, n.carbon, n.training_seeds, n.evaluation_seeds, n.tail);
  text += fmt::format("observation = {} {} {} {}\n", o.carbon_centre, o.carbon_spread, o.renewable_centre,
                      o.renewable_spread);
  for (const DispatchScenario& s : dispatch.scenarios)
    text += fmt::format("{} = {} {} {} {}\n", s.name, s.fresh_limit_m3_per_h, s.renewable_factor, s.carbon_gbp_per_t,
                        s.reclaim_limit_m3_per_h);
  text += fmt::format("carbon = {}\nrenewable = {}\n", fmt::join(dispatch.hours.carbon_kg_per_MWh, " "),
                      fmt::join(dispatch.hours.renewable_MWh, " "));
  return text;
}

}  // namespace millrace
