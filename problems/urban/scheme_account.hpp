#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/urban/urban_case.hpp"

namespace millrace {

// Where no unit is named, volumes are in units.volume of the case. Carbon is in t of 1000 kg whatever units.carbon
// says. What needs data that the case does not have, or a division by zero, is empty.

struct SourceAccount {
  std::string name;
  double available = 0.0;
  /// use_rate * available.
  double least_use = 0.0;
  double used = 0.0;
  std::optional<double> used_share;
  /// [[sources]].carbon_kg_per_m3 times the use: of taking, treating and bringing the water.
  std::optional<double> supply_carbon_t;
};

struct UserAccount {
  std::string name;
  double demand = 0.0;
  /// demand_lower * demand and demand_upper * demand.
  double least_supply = 0.0;
  double most_supply = 0.0;
  double supplied = 0.0;
  /// What lacks to the demand, and what exceeds it; unweighted.
  double shortage = 0.0;
  double surplus = 0.0;
  std::optional<double> supplied_share;
  /// Carbon of the sources for this user's water, and of its use ([[users]].carbon_kg_per_m3).
  std::optional<double> supply_carbon_t;
  std::optional<double> use_carbon_t;
};

/// Carbon of a scheme: of supplying the water, of using it, and both.
struct CarbonAccount {
  double supply_t = 0.0;
  double use_t = 0.0;
  double total_t = 0.0;
  /// A m3 supplied, a m3 used (the volume is the same, the carbon is not), and their sum; empty without water.
  std::optional<double> supply_kg_per_m3;
  std::optional<double> use_kg_per_m3;
  std::optional<double> total_kg_per_m3;
  /// Empty unless [accounting] has the population or the area.
  std::optional<double> total_kg_per_person;
  std::optional<double> total_t_per_km2;
};

struct ObjectiveAccount {
  UrbanObjective objective = UrbanObjective::carbon;
  std::string unit;
  /// As a person is shown it: benefit is not negated.
  double value = 0.0;
};

/// A limit that a scheme breaks.
struct LimitBreach {
  /// As the constraints of UrbanProblem, "domestic lower demand"; "surface_to_domestic capacity" for a link.
  std::string limit;
  /// By how much, and as a share of the limited quantity (available water, demand, capacity; 1 where that is 0).
  double volume = 0.0;
  double share = 0.0;
};

/// Everything that is counted about one scheme in one scenario.
struct SchemeAccount {
  std::size_t scenario_index = 0;
  std::string scenario;
  std::vector<SourceAccount> sources;
  std::vector<UserAccount> users;
  /// Water from source i to user j, the row of a source after the other; 0 where there is no link.
  std::vector<double> flow;
  double flow_between(std::size_t source, std::size_t user) const { return flow[source * users.size() + user]; }

  double available = 0.0;
  double demand = 0.0;
  double supplied = 0.0;
  double shortage = 0.0;
  double surplus = 0.0;
  std::optional<CarbonAccount> carbon;
  /// The objectives of the case, in its order; the same bits as UrbanProblem::evaluate.
  std::vector<ObjectiveAccount> objectives;
  /// Empty for a feasible scheme; the tolerance is that of UrbanProblem, 1e-9 of the limited quantity.
  std::vector<LimitBreach> breaches;
};

/// The account of decisions x (one a link, in the order of urban.links, as in the columns of front.csv). O(sources *
/// users + links). Throws std::invalid_argument where the case has no such scenario or another number of links.
SchemeAccount account_of(const UrbanCase& urban, std::size_t scenario, std::span<const double> x);

/// Objectives and limits of x alone, for case data that change while the scheme does not.
std::vector<double> objective_values(const UrbanCase& urban, std::size_t scenario, std::span<const double> x);
std::vector<LimitBreach> limit_breaches(const UrbanCase& urban, std::size_t scenario, std::span<const double> x);

}  // namespace millrace
