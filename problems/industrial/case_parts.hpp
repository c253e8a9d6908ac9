#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// Most levels of surface water a case may have.
inline constexpr std::size_t kMostLevels = 16;

/// A number known to lie between two others.
struct Interval {
  double lower = 0.0;
  double upper = 0.0;
  bool operator==(const Interval&) const = default;
};

/// Where the numbers of one table of a case file are from: a text for each key that starts with its status, "[E] ..."
/// explicit in the source, "[D]" derived from published numbers, "[I]" inferred by convention, "[S]" synthetic.
using NumberSources = std::map<std::string, std::string>;

struct IndustrialPeriod {
  std::string name;
  double years = 0.0;
  NumberSources sources;
  bool operator==(const IndustrialPeriod&) const = default;
};

/// A level of available surface water.
struct IndustrialLevel {
  std::string name;
  double probability = 0.0;
  NumberSources sources;
  bool operator==(const IndustrialLevel&) const = default;
};

/// Surface water by period and level, groundwater by period, 1e6 m3 a year.
struct IndustrialRegion {
  std::string name;
  std::vector<std::vector<Interval>> surface;
  std::vector<Interval> ground;
  NumberSources sources;
  bool operator==(const IndustrialRegion&) const = default;
};

/// kWh a m3 in the first period.
struct IndustrialEnergy {
  Interval surface, ground, diverted, reuse, wastewater;
  /// Factor of all of them a period.
  double progress = 1.0;
  NumberSources sources;
  bool operator==(const IndustrialEnergy&) const = default;
};

/// Most energy a m3 of all water used, by period; empty where nothing is limited.
struct EnergyScenario {
  std::string name;
  std::vector<Interval> limit;
  NumberSources sources;
  bool operator==(const EnergyScenario&) const = default;
};

/// RMB a m3 in the first period.
struct IndustrialCost {
  Interval water, surface_treatment, ground_treatment, diverted_treatment, diverted_purchase, reuse, wastewater;
  double cost_growth = 1.0;
  double benefit_growth = 1.0;
  /// Penalty of a missing m3 of surface water over its net benefit.
  double penalty_factor = 1.0;
  /// Users off the route of the diverted water pay more for it and need more energy to get it.
  double off_route_surcharge = 0.0;
  double off_route_energy = 1.0;
  NumberSources sources;
  bool operator==(const IndustrialCost&) const = default;
};

/// Supply beyond the requirement that a level of risk allows, as a share not above 0.
struct RiskLevel {
  std::string name;
  double xi = 0.0;
  NumberSources sources;
  bool operator==(const RiskLevel&) const = default;
};

/// gamma = a (1 - eta / eta_max) + b alpha / alpha_max + c (1 - B / B_max), cap = k gamma.
struct RiskRule {
  double k_lower_model = 0.0;
  double k_upper_model = 0.0;
  double a = 0.0, b = 0.0, c = 0.0;
  double eta_max = 1.0, alpha_max = 1.0, benefit_max = 1.0;
  NumberSources sources;
  bool operator==(const RiskRule&) const = default;
};

struct IndustrialCarbon {
  /// kg a kWh, by period, and kg a m3 of wastewater.
  std::vector<double> grid;
  double wastewater = 0.0;
  NumberSources sources;
  bool operator==(const IndustrialCarbon&) const = default;
};

/// From one period to the next: factors of targets and requirements; additions to the reuse rate, by period.
struct IndustrialTrend {
  double target = 1.0;
  double requirement = 1.0;
  std::vector<Interval> reuse_increment;
  NumberSources sources;
  bool operator==(const IndustrialTrend&) const = default;
};

}  // namespace millrace
