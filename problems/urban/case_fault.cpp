#include "problems/urban/case_fault.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"
#include "problems/urban/supply_cut.hpp"

namespace millrace {
namespace {

using Part = CaseFault::Part;

/// Thrown by the checks below and caught in case_fault: the first fault ends them all.
struct Found {
  CaseFault fault;
};

struct Range {
  double least;
  double most;
  const char* advice;
};
// Far beyond any city, and products of such numbers stay finite.
constexpr double kAnything = 1e15;
constexpr Range kAmount{0.0, kAnything, "a number from 0 to 1e15"};
constexpr Range kShare{0.0, 1.0, "a share from 0 to 1"};
constexpr Range kFinite{-kAnything, kAnything, "a number from -1e15 to 1e15"};

class ValueCheck {
 public:
  explicit ValueCheck(const UrbanCase& urban) : urban_(urban) {}

  void run() const {
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) source(i);
    for (std::size_t j = 0; j < urban_.users.size(); ++j) user(j);
    for (const UrbanLink& link : urban_.links) {
      const std::string where = source_name(link.source) + " to " + user_name(link.user);
      series(Part::source, link.source, "link_capacity", where, link.capacity, kAmount);
      series(Part::source, link.source, "link_energy_kwh_per_m3", where, link.energy_kwh_per_m3, kAmount);
    }
    if (chosen(UrbanObjective::groundwater)) some_groundwater();
  }

 private:
  std::string source_name(std::size_t i) const { return fmt::format("source '{}'", urban_.sources[i].name); }
  std::string user_name(std::size_t j) const { return fmt::format("user '{}'", urban_.users[j].name); }

  bool chosen(UrbanObjective objective) const {
    for (const UrbanObjective o : urban_.objectives)
      if (o == objective) return true;
    return false;
  }

  void source(std::size_t i) const {
    const UrbanSource& s = urban_.sources[i];
    const auto check = [&](const char* key, const Series& values, const Range& range) {
      series(Part::source, i, key, source_name(i), values, range);
    };
    const auto need = [&](UrbanObjective objective, const char* key, const Series& values) {
      needed(objective, Part::source, i, key, source_name(i), values);
    };
    check("available", s.available, kAmount);
    check("use_rate", s.use_rate, kShare);
    check("carbon_kg_per_m3", s.carbon_kg_per_m3, kFinite);
    check("quality_g_per_m3", s.quality_g_per_m3, kAmount);
    check("energy_kwh_per_m3", s.energy_kwh_per_m3, kAmount);
    need(UrbanObjective::carbon, "carbon_kg_per_m3", s.carbon_kg_per_m3);
    need(UrbanObjective::quality, "quality_g_per_m3", s.quality_g_per_m3);
    need(UrbanObjective::energy, "energy_kwh_per_m3", s.energy_kwh_per_m3);
  }

  void user(std::size_t j) const {
    const UrbanUser& u = urban_.users[j];
    const auto check = [&](const char* key, const Series& values, const Range& range) {
      series(Part::user, j, key, user_name(j), values, range);
    };
    const auto need = [&](UrbanObjective objective, const char* key, const Series& values) {
      needed(objective, Part::user, j, key, user_name(j), values);
    };
    check("demand", u.demand, kAmount);
    check("demand_lower", u.demand_lower, kAmount);
    check("demand_upper", u.demand_upper, kAmount);
    check("benefit_per_m3", u.benefit_per_m3, kFinite);
    check("shortage_weight", u.shortage_weight, kAmount);
    check("discharge", u.discharge, kShare);
    check("carbon_kg_per_m3", u.carbon_kg_per_m3, kFinite);
    need(UrbanObjective::carbon, "carbon_kg_per_m3", u.carbon_kg_per_m3);
    need(UrbanObjective::benefit, "benefit_per_m3", u.benefit_per_m3);
    need(UrbanObjective::shortage, "shortage_weight", u.shortage_weight);
    need(UrbanObjective::wastewater, "discharge", u.discharge);
    bounds_in_order(j);
  }

  void series(Part part, std::size_t index, const char* key, const std::string& where, const Series& values,
              const Range& range) const {
    for (std::size_t t = 0; t < values.size(); ++t)
      if (!(values[t] >= range.least && values[t] <= range.most))
        throw Found{
            {part, index, key,
             fmt::format("{} has {} in scenario '{}'; write {}", where, values[t], urban_.scenarios[t], range.advice),
             t}};
  }

  void needed(UrbanObjective objective, Part part, std::size_t index, const char* key, const std::string& where,
              const Series& values) const {
    if (!chosen(objective) || !values.empty()) return;
    throw Found{
        {part, index, key,
         fmt::format("is missing from {}, and the objective {} needs it; add {} = <a number, or a list of one a "
                     "scenario>, or remove \"{}\" from objectives",
                     where, name_of(objective), key, name_of(objective))}};
  }

  void bounds_in_order(std::size_t j) const {
    const UrbanUser& u = urban_.users[j];
    for (std::size_t t = 0; t < urban_.scenarios.size(); ++t)
      if (u.demand_lower[t] > u.demand_upper[t])
        throw Found{{Part::user, j, "demand_upper",
                     fmt::format("{} has the lower bound {} above the upper bound {} in scenario '{}'; write "
                                 "demand_lower <= demand_upper",
                                 user_name(j), u.demand_lower[t], u.demand_upper[t], urban_.scenarios[t]),
                     t}};
  }

  void some_groundwater() const {
    for (const UrbanSource& s : urban_.sources)
      if (s.groundwater) return;
    throw Found{{Part::general, 0, "objectives",
                 "has groundwater, and no source is groundwater; add groundwater = true to such a source, or remove "
                 "\"groundwater\""}};
  }

  const UrbanCase& urban_;
};

/// Throws Found where no allocation satisfies all limits of a scenario, with what needs and what allows how much.
void check_supply(const UrbanCase& urban, std::size_t scenario) {
  const AllocationNetwork network(urban, scenario);
  std::vector<double> x(network.links(), 0.0);
  CompletionWork work;
  if (!(complete_allocation(network, x, work) > 0.0)) return;
  const std::vector<SupplyCut> cuts = supply_cuts(urban, scenario);
  const std::vector<std::string> reasons = why_infeasible(urban, scenario);
  const SupplyCut& first = cuts.at(0);
  const std::string_view advice =
      first.of_users ? "add water or links to them, or lower the demand or its lower bound (demand_lower)"
                     : "lower the use_rate, or link more users to them";
  throw Found{{first.of_users ? Part::user : Part::source, first.needing.front(),
               first.of_users ? "demand" : "use_rate", fmt::format("{}; {}", fmt::join(reasons, "; "), advice),
               scenario}};
}

}  // namespace

std::optional<CaseFault> case_fault(const UrbanCase& urban) {
  try {
    ValueCheck(urban).run();
    for (std::size_t t = 0; t < urban.scenarios.size(); ++t) check_supply(urban, t);
  } catch (const Found& found) {
    return found.fault;
  }
  return std::nullopt;
}

}  // namespace millrace
