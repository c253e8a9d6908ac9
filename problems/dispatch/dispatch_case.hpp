#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// Hours of a day: the daily limit of fresh water starts again after so many.
inline constexpr std::size_t kHoursOfDay = 24;

/// How the equations of the plant are read (see docs/dispatch.md).
enum class DispatchProfile {
  /// As the published table was computed: fresh water first, an hourly limit, hydropower dispatched whatever is needed.
  table2,
  /// The published equations literally: reclaimed water first, a daily limit, hydropower only where it is needed.
  physical
};
std::string_view name_of(DispatchProfile profile);
std::optional<DispatchProfile> dispatch_profile(std::string_view name);

/// What is not controlled, hour by hour.
struct DispatchHours {
  std::vector<double> carbon_kg_per_MWh;
  std::vector<double> renewable_MWh;
  std::size_t size() const { return renewable_MWh.size(); }
};

/// A cement plant with carbon capture, its supply of power and its cooling water.
struct DispatchPlant {
  double kiln_t_per_h = 0.0;
  /// Share of the kiln's carbon that can be captured at most, and the share of that at which the energy is given.
  double capture_share = 0.0;
  double reference_share = 0.0;
  double reference_energy_MWh = 0.0;
  /// Energy of capture grows with this power of the rate; at least 1.
  double capture_exponent = 1.0;
  double cooling_m3_per_t = 0.0;
  double cooling_m3_per_MWh = 0.0;
  double base_load_MWh = 0.0;
  double fresh_energy_MWh_per_m3 = 0.0;
  double reclaim_energy_MWh_per_m3 = 0.0;
  double evaporation_m3_per_MWh = 0.0;
  double reservoir_start_MWh = 0.0;
  double reservoir_most_MWh = 0.0;
  double turbine_MW = 0.0;
  double pump_MW = 0.0;
  double pump_efficiency = 0.0;
  double thermal_gbp_per_MWh = 0.0;
  double hydro_gbp_per_MWh = 0.0;
  double water_gbp_per_m3 = 0.0;
  double unmet_gbp_per_m3 = 0.0;
  double deficit_gbp_per_MWh = 0.0;
};

/// What differs between scenarios.
struct DispatchScenario {
  std::string name;
  std::string provenance;
  /// An hour; a day may take 24 times as much in the profile `physical`.
  double fresh_limit_m3_per_h = 0.0;
  double renewable_factor = 1.0;
  double carbon_gbp_per_t = 0.0;
  /// Infinite where nothing limits it.
  double reclaim_limit_m3_per_h = 0.0;
};

/// Random disturbance of the hours, and how many seeds are for what.
struct DispatchNoise {
  /// Standard deviations as shares of the hour's own value.
  double renewable = 0.0;
  double carbon = 0.0;
  std::size_t training_seeds = 100;
  std::size_t evaluation_seeds = 100;
  /// Share of the worst seeds that the conditional value at risk averages.
  double tail = 0.1;
};

/// What policies see of an hour is (value - centre) / spread.
struct DispatchObservation {
  double carbon_centre = 0.0, carbon_spread = 1.0;
  double renewable_centre = 0.0, renewable_spread = 1.0;
};

/// A row of the published table.
struct PublishedDispatch {
  std::string scenario;
  std::string policy;
  double operating_cost = 0.0, carbon_kg = 0.0, water_m3 = 0.0, fines = 0.0, total = 0.0;
};

struct DispatchCase {
  std::string name;
  std::string title;
  std::string provenance;
  std::vector<std::string> assumptions;
  DispatchProfile profile = DispatchProfile::physical;
  DispatchPlant plant;
  DispatchHours hours;
  std::vector<DispatchScenario> scenarios;
  DispatchNoise noise;
  DispatchObservation observation;
  std::vector<PublishedDispatch> published;

  /// Null where there is none of that name.
  const DispatchScenario* scenario(std::string_view scenario_name) const;
  const PublishedDispatch* published_row(std::string_view scenario_name, std::string_view policy) const;
};

/// Text that changes with every number that a result depends on.
std::string dispatch_data_digest(const DispatchCase& dispatch);

}  // namespace millrace
