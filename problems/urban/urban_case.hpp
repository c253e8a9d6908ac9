#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/case/series.hpp"
#include "problems/urban/baselines_inputs.hpp"
#include "problems/urban/sensitivity_ranges.hpp"

namespace millrace {

enum class UrbanObjective { carbon, benefit, shortage, wastewater, groundwater, quality, energy };
std::string_view name_of(UrbanObjective objective);
/// Every objective a case may choose, in the order of the enumeration.
std::vector<std::string_view> urban_objective_names();
std::optional<UrbanObjective> urban_objective(std::string_view name);

/// What over-supply counts as in the shortage: nothing (hinge), or negative shortage (difference).
enum class ShortageRule { hinge, difference };

/// A unit as the case writes it, "1e4 m3", and its size in the base quantity (m3, kg, kWh, g, or the currency).
struct UrbanUnit {
  std::string text;
  double size = 1.0;
  bool operator==(const UrbanUnit&) const = default;
};

/// Units of the totals. A factor a m3 becomes a total by the ratio of sizes: 1e4 m3 times kg/m3 is 10 t.
struct UrbanUnits {
  UrbanUnit volume{"m3", 1.0};
  UrbanUnit money{"1", 1.0};
  UrbanUnit carbon{"t", 1e3};
  UrbanUnit energy{"MWh", 1e3};
  /// Of the quality objective, a pollutant load; base g.
  UrbanUnit quality{"t", 1e6};
  bool operator==(const UrbanUnits&) const = default;
};

struct UrbanSource {
  std::string name;
  std::string provenance;
  /// Volume that can be taken.
  Series available;
  /// Least share of `available` that must be used, 0 to 1; all 0 where the case asks for none.
  Series use_rate;
  bool groundwater = false;
  /// Recycled water, rain and the like: what a city without such schemes would not have.
  bool unconventional = false;
  Series carbon_kg_per_m3;
  /// Pollutant concentration (1 g/m3 = 1 mg/l).
  Series quality_g_per_m3;
  Series energy_kwh_per_m3;
  bool operator==(const UrbanSource&) const = default;
};

struct UrbanUser {
  std::string name;
  std::string provenance;
  Series demand;
  /// Least and most supply as shares of `demand`.
  Series demand_lower;
  Series demand_upper;
  /// In the base of UrbanUnits::money, for example yuan.
  Series benefit_per_m3;
  Series shortage_weight;
  /// Wastewater a m3 supplied, 0 to 1.
  Series discharge;
  Series carbon_kg_per_m3;
  bool operator==(const UrbanUser&) const = default;
};

/// Water may go from sources[source] to users[user]. One link is one decision variable.
struct UrbanLink {
  std::size_t source = 0;
  std::size_t user = 0;
  /// Most volume; empty where only source and user limit it.
  Series capacity;
  /// Energy of this transport besides that of the source; empty for none.
  Series energy_kwh_per_m3;
  bool operator==(const UrbanLink&) const = default;
};

/// A quantity somebody published for this case, to be set beside ours; the unit is the end of its name (carbon_t).
struct PublishedSeries {
  std::string name;
  Series values;
  bool operator==(const PublishedSeries&) const = default;
};
struct PublishedConstant {
  std::string name;
  double value = 0.0;
  bool operator==(const PublishedConstant&) const = default;
};

struct UrbanPublished {
  std::string provenance;
  std::vector<PublishedSeries> per_scenario;
  std::vector<PublishedConstant> constants;
  bool operator==(const UrbanPublished&) const = default;
};

/// Box that indicators of this case are measured in, in the case's units: a series an objective, in the order of
/// UrbanCase::objectives, in the sense that a person is shown. Both empty where the case gives none.
struct UrbanReference {
  std::string provenance;
  std::vector<Series> ideal;
  std::vector<Series> nadir;
  bool operator==(const UrbanReference&) const = default;
};

/// Linear allocation of several sources to several users over scenarios (years) that are planned one at a time.
/// Volumes are in units.volume. Links are sorted by source, then user, and no pair occurs twice.
struct UrbanCase {
  std::string name;
  std::string title;
  std::string provenance;
  /// What a reader of the results should know was assumed.
  std::vector<std::string> assumptions;
  std::vector<std::string> scenarios;
  std::vector<UrbanObjective> objectives;
  ShortageRule shortage_rule = ShortageRule::hinge;
  UrbanUnits units;
  std::vector<UrbanSource> sources;
  std::vector<UrbanUser> users;
  std::vector<UrbanLink> links;
  UrbanReference reference;
  UrbanPublished published;
  UrbanAccounting accounting;
  UrbanSensitivity sensitivity;
  bool operator==(const UrbanCase&) const = default;

  /// Index of the named scenario, or empty.
  std::optional<std::size_t> scenario_index(std::string_view scenario) const;
  /// Values of the published series or constant of that name, or null.
  const Series* published_series(std::string_view name) const;
  const double* published_constant(std::string_view name) const;
};

}  // namespace millrace
