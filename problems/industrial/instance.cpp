#include "problems/industrial/instance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace millrace {
namespace {

constexpr double kTargetStress = 1.5;
constexpr double kCapStress = 12.0;
constexpr double kMostStressedCap = 0.6;
// Of what reuse leaves over in the first period, so that a rate stays below 1.
constexpr double kMostReuseIncrement = 0.6;

void check(const IndustrialCase& industrial, const InstanceOptions& options) {
  if (!(options.lambda >= 0.0 && options.lambda <= 1.0))
    throw std::invalid_argument(fmt::format("lambda is {}; write a number from 0 to 1", options.lambda));
  if (!(options.stress >= 0.0 && options.stress <= 0.5))
    throw std::invalid_argument(fmt::format("stress is {}; write a share from 0 to 0.5", options.stress));
  if (options.risk_level >= industrial.risk_levels.size()) throw std::invalid_argument("there is no such risk level");
  if (options.energy_scenario && *options.energy_scenario >= industrial.energy_scenarios.size())
    throw std::invalid_argument("there is no such energy scenario");
}

class InstanceBuilder {
 public:
  InstanceBuilder(const IndustrialCase& industrial, const InstanceOptions& options)
      : case_(industrial), options_(options) {}

  IndustrialInstance build() {
    add_names();
    for (std::size_t t = 0; t < case_.periods.size(); ++t) {
      add_resources(t);
      made_.energy.push_back(energy(t));
    }
    for (std::size_t r = 0; r < case_.regions.size(); ++r) add_region(r);
    for (std::size_t t = 0; t < case_.periods.size(); ++t)
      for (const IndustrialSector& sector : case_.sectors) made_.cells.push_back(cell(sector, t));
    for (std::size_t t = 0; t < case_.periods.size(); ++t) add_order(t);
    made_.grid_carbon = case_.carbon.grid;
    made_.wastewater_carbon = case_.carbon.wastewater;
    return std::move(made_);
  }

 private:
  /// Benefits, water and the like: largest in the upper model.
  double rising(Interval v) const { return v.lower + (v.upper - v.lower) * options_.lambda; }
  /// Costs, energies: least in the upper model.
  double falling(Interval v) const { return v.upper + (v.lower - v.upper) * options_.lambda; }
  double grown(double factor, std::size_t t) const { return std::pow(factor, static_cast<double>(t)); }

  void add_names() {
    made_.periods = case_.periods.size();
    made_.levels = case_.levels.size();
    made_.regions = case_.regions.size();
    made_.users = case_.sectors.size();
    for (const IndustrialPeriod& period : case_.periods) {
      made_.years.push_back(period.years);
      made_.period_names.push_back(period.name);
    }
    for (const IndustrialLevel& level : case_.levels) {
      made_.probability.push_back(level.probability);
      made_.level_names.push_back(level.name);
    }
    for (const IndustrialSector& sector : case_.sectors)
      made_.user_names.push_back(case_.regions.size() == 1 ? sector.name
                                                           : case_.regions[sector.region].name + ", " + sector.name);
    for (const IndustrialRegion& region : case_.regions) made_.region_names.push_back(region.name);
    std::uint32_t from = 0;
    for (std::size_t r = 0; r <= case_.regions.size(); ++r) {
      while (from < case_.sectors.size() && case_.sectors[from].region < r) ++from;
      made_.users_from.push_back(from);
    }
  }

  void add_resources(std::size_t t) { made_.diverted.push_back(rising(case_.diverted[t]) * (1.0 - options_.stress)); }

  void add_region(std::size_t r) {
    for (std::size_t t = 0; t < case_.periods.size(); ++t) {
      made_.ground.push_back(rising(case_.regions[r].ground[t]) * (1.0 - options_.stress));
      for (const Interval& level : case_.regions[r].surface[t])
        made_.surface.push_back(rising(level) * (1.0 - options_.stress));
    }
  }

  /// Both ends follow the limits of the first scenario, each its own, and the general progress.
  double unit_energy(Interval first, std::size_t t) const {
    const auto& pace = case_.energy_scenarios.front().limit;
    const double progress = grown(case_.energy.progress, t);
    Interval now = {first.lower * progress, first.upper * progress};
    if (!pace.empty()) {
      now.lower *= pace[t].lower / pace[0].lower;
      now.upper *= pace[t].upper / pace[0].upper;
    }
    return falling(now);
  }

  PeriodEnergy energy(std::size_t t) {
    const IndustrialEnergy& first = case_.energy;
    PeriodEnergy now{unit_energy(first.surface, t), unit_energy(first.ground, t), unit_energy(first.reuse, t),
                     unit_energy(first.wastewater, t), std::numeric_limits<double>::infinity()};
    if (!options_.energy_scenario) return now;
    const auto& limit = case_.energy_scenarios[*options_.energy_scenario].limit;
    if (limit.empty()) return now;
    made_.energy_limited = true;
    now.limit = falling(limit[t]);
    return now;
  }

  double reuse_rate(const IndustrialSector& sector, std::size_t t) const {
    if (!sector.reuse_grows) return sector.reuse_rate;
    const double most = kMostReuseIncrement * (1.0 - sector.reuse_rate);
    return sector.reuse_rate + std::min(rising(case_.trend.reuse_increment[t]), most);
  }

  void set_band(const IndustrialSector& sector, IndustrialCell& cell) const {
    double cap = sector.cap_lower_model + (sector.cap_upper_model - sector.cap_lower_model) * options_.lambda;
    double xi = case_.risk_levels[options_.risk_level].xi;
    if (options_.stress > 0.0) cap = std::min(kMostStressedCap, cap * (1.0 + kCapStress * options_.stress));
    if (sector.fixed_demand) {
      cap = options_.stress;
      xi = 0.0;
    }
    cell.floor = (1.0 - cap) * cell.fresh;
    cell.ceiling = (1.0 - xi) * cell.fresh;
  }

  IndustrialCell cell(const IndustrialSector& sector, std::size_t t) const {
    IndustrialCell cell{};
    const double reuse = reuse_rate(sector, t);
    const double target = grown(case_.trend.target, t);
    cell.target_least = sector.target.lower * target * (1.0 - kTargetStress * options_.stress);
    cell.target_most = sector.target.upper * target;
    cell.requirement = rising(sector.requirement) * grown(case_.trend.requirement, t);
    cell.fresh = cell.requirement * (1.0 - reuse);
    cell.reuse_ratio = reuse / (1.0 - reuse);
    cell.gamma = sector.gamma;
    cell.discharge = rising(sector.discharge);
    cell.energy_diverted =
        unit_energy(case_.energy.diverted, t) * (sector.off_route ? case_.cost.off_route_energy : 1.0);
    set_band(sector, cell);
    set_values(sector, t, cell);
    cell.per_fresh = 1.0 / cell.fresh;
    cell.per_target = 1.0 / cell.target_least;
    return cell;
  }

  void add_order(std::size_t t) {
    for (std::size_t r = 0; r < made_.regions; ++r) {
      const auto from = static_cast<std::ptrdiff_t>(made_.shortage_order.size());
      for (std::uint32_t u = made_.users_from[r]; u < made_.users_from[r + 1]; ++u) made_.shortage_order.push_back(u);
      std::stable_sort(
          made_.shortage_order.begin() + from, made_.shortage_order.end(),
          [&](std::uint32_t a, std::uint32_t b) { return made_.cell(t, a).penalty < made_.cell(t, b).penalty; });
    }
  }

  void set_values(const IndustrialSector& sector, std::size_t t, IndustrialCell& cell) const {
    const IndustrialCost& cost = case_.cost;
    const auto of = [&](Interval first) { return falling(first) * grown(cost.cost_growth, t); };
    const double benefit = rising(sector.benefit) * grown(cost.benefit_growth, t);
    const double base = benefit * (1.0 + cell.reuse_ratio) - of(cost.water) - of(cost.reuse) * cell.reuse_ratio -
                        of(cost.wastewater) * cell.discharge;
    cell.value_surface = base - of(cost.surface_treatment);
    cell.value_ground = base - of(cost.ground_treatment) - sector.tie_ground;
    cell.value_diverted = base - of(cost.diverted_treatment) - of(cost.diverted_purchase) - sector.tie_diverted -
                          (sector.off_route ? cost.off_route_surcharge : 0.0);
    cell.penalty = cost.penalty_factor * cell.value_surface;
  }

  const IndustrialCase& case_;
  InstanceOptions options_;
  IndustrialInstance made_;
};

}  // namespace

IndustrialInstance make_instance(const IndustrialCase& industrial, const InstanceOptions& options) {
  check(industrial, options);
  return InstanceBuilder(industrial, options).build();
}

}  // namespace millrace
