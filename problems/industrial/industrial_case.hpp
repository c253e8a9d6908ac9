#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/industrial/case_parts.hpp"

namespace millrace {

/// What the source printed for a sector, by period, 1e6 m3 a year: lower and upper as printed, even where they cross.
struct PublishedSector {
  std::vector<Interval> surface_low, ground, diverted;
  bool operator==(const PublishedSector&) const = default;
};

/// A user of water: a sector, or a part of one in a region. Values of the first period.
struct IndustrialSector {
  std::string name;
  std::string code;
  std::size_t region = 0;
  /// Its requirement is met exactly, at every level: no shortage and no surplus.
  bool fixed_demand = false;
  bool reuse_grows = true;
  bool off_route = false;
  /// Least and most surface water promised (W-, W+).
  Interval target;
  /// Fresh and reused water together (D).
  Interval requirement;
  /// Share of the requirement that reuse supplies (r).
  double reuse_rate = 0.0;
  /// RMB a m3, fresh or reused (B).
  Interval benefit;
  /// m3 of wastewater a m3 of fresh water (alpha).
  Interval discharge;
  /// Largest share of the requirement that may be missing, in the lower and in the upper model.
  double cap_lower_model = 0.0;
  double cap_upper_model = 0.0;
  /// Weight of its risk (gamma).
  double gamma = 0.0;
  /// Surcharges, RMB a m3, that only decide between plans of equal worth.
  double tie_ground = 0.0;
  double tie_diverted = 0.0;
  PublishedSector published;
  NumberSources sources;
  bool operator==(const IndustrialSector&) const = default;
};

/// A published interval to set beside ours. `quantity` is benefit (1e12 of the case's money over all periods), or a
/// total over the sectors in 1e6 m3 a year: surface, ground or diverted; or the same of one sector, or its total, or its
/// risk.
struct PublishedValue {
  std::string quantity;
  std::string energy_scenario;
  std::string risk_level;
  std::optional<std::size_t> sector;
  std::optional<std::size_t> period;
  std::optional<std::size_t> level;
  Interval value;
  std::string note;
  NumberSources sources;
  bool operator==(const PublishedValue&) const = default;
};

/// A value of the source that is not used as printed, and why.
struct PublishedCorrection {
  std::string id, where, printed, used, evidence;
  bool operator==(const PublishedCorrection&) const = default;
};

/// Industrial allocation under uncertainty: sectors, intervals, levels of surface water with probabilities.
struct IndustrialCase {
  std::string name;
  std::string title;
  std::string provenance;
  std::vector<std::string> assumptions;
  /// Source of every number that its table names none for; empty where there is no such text.
  std::string default_source;
  std::vector<IndustrialPeriod> periods;
  std::vector<IndustrialLevel> levels;
  std::vector<IndustrialRegion> regions;
  /// By period, for all regions together.
  std::vector<Interval> diverted;
  NumberSources diverted_sources;
  IndustrialEnergy energy;
  /// The first sets the pace at which unit energies fall (its limit of a period over that of the first).
  std::vector<EnergyScenario> energy_scenarios;
  IndustrialCost cost;
  std::vector<RiskLevel> risk_levels;
  RiskRule risk;
  IndustrialCarbon carbon;
  IndustrialTrend trend;
  std::vector<IndustrialSector> sectors;
  std::vector<PublishedValue> published;
  std::vector<PublishedCorrection> corrections;
  bool operator==(const IndustrialCase&) const = default;

  std::optional<std::size_t> energy_scenario_index(std::string_view scenario) const;
  std::optional<std::size_t> risk_level_index(std::string_view risk_level) const;
};

}  // namespace millrace
