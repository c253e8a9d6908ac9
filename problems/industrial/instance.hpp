#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// Which deterministic instance of a case is meant.
struct InstanceOptions {
  /// Where between its value in the lower (0) and the upper model (1) every number lies. Costs and energies fall towards
  /// the upper model, and so does the limit of energy.
  double lambda = 0.5;
  /// Index of an energy scenario; a scenario without a limit is the same as none.
  std::optional<std::size_t> energy_scenario;
  std::size_t risk_level = 0;
  /// Cuts water by delta and least targets by 1.5 delta, and widens the caps on risk by 1 + 12 delta (to 0.6 at most);
  /// a fixed demand then may lack delta.
  double stress = 0.0;
};

/// One user in one period. Water 1e6 m3 a year, money RMB a m3, energy kWh a m3.
struct IndustrialCell {
  double target_least, target_most;
  /// D, and what of it is fresh: F = D (1 - r).
  double requirement, fresh;
  /// Reused water a fresh m3: r / (1 - r).
  double reuse_ratio;
  /// Least and most fresh water at any level: (1 - cap) F and (1 - xi) F.
  double floor, ceiling;
  double gamma;
  /// m3 of wastewater a fresh m3.
  double discharge;
  /// Net benefit of a m3 by where it is from, and what a missing m3 of the target costs.
  double value_surface, value_ground, value_diverted, penalty;
  double energy_diverted;
  /// 1 / F and 1 / W-, by which breaches are measured.
  double per_fresh, per_target;

  /// No feasible plan has more groundwater, or more diverted water, or more shortage: the least target is always met.
  double most_other() const { return ceiling > target_least ? ceiling - target_least : 0.0; }
  double most_shortage() const { return target_most - target_least; }
};

/// Energies of one period that are the same for all users, kWh a m3.
struct PeriodEnergy {
  double surface, ground, reuse, wastewater;
  /// Most a m3 of fresh and reused water; infinite where nothing is limited.
  double limit;
};

/// Numbers of a case at one position between its bounds. Cell t * users + u; users region by region.
struct IndustrialInstance {
  std::size_t periods = 0, levels = 0, regions = 0, users = 0;
  std::vector<double> years, probability;
  /// users_from[r] .. users_from[r + 1] - 1 are those of region r.
  std::vector<std::uint32_t> users_from;
  std::vector<IndustrialCell> cells;
  std::vector<PeriodEnergy> energy;
  /// Available water: surface[(r * periods + t) * levels + h], ground[r * periods + t], diverted[t].
  std::vector<double> surface, ground, diverted;
  std::vector<double> grid_carbon;
  double wastewater_carbon = 0.0;
  bool energy_limited = false;
  /// Users of each region by rising penalty, at users_from[r] of each period's part: who goes short first.
  std::vector<std::uint32_t> shortage_order;
  /// For rows, columns and sentences.
  std::vector<std::string> user_names, region_names, period_names, level_names;

  const IndustrialCell& cell(std::size_t t, std::size_t u) const { return cells[t * users + u]; }
  double surface_at(std::size_t r, std::size_t t, std::size_t h) const {
    return surface[(r * periods + t) * levels + h];
  }
  double ground_at(std::size_t r, std::size_t t) const { return ground[r * periods + t]; }
};

/// Throws std::invalid_argument where an option is out of its range.
IndustrialInstance make_instance(const IndustrialCase& industrial, const InstanceOptions& options);

}  // namespace millrace
