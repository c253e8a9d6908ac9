#include "problems/urban/case_fault.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"

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

/// Whether some allocation satisfies all limits of one scenario; the plain causes first, because they explain more.
class SupplyCheck {
 public:
  SupplyCheck(const UrbanCase& urban, std::size_t scenario)
      : urban_(urban), network_(urban, scenario), t_(scenario),
        suffix_(fmt::format("in scenario '{}'", urban.scenarios[scenario])) {}

  void run() const {
    for (std::size_t j = 0; j < urban_.users.size(); ++j) user(j);
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) source(i);
    total();
    all_limits();
  }

 private:
  // What rounding of sums may be off by.
  static bool below(double supply, double need) { return supply < need * (1.0 - 1e-12); }

  std::string volume(double value) const {
    const std::string& unit = urban_.units.volume.text;
    const bool starts_with_number = unit[0] >= '0' && unit[0] <= '9';
    return fmt::format("{:.6g} {}{}", value, starts_with_number ? "x " : "", unit);
  }

  double reach(std::size_t node) const {
    double sum = 0.0;
    for (const std::uint32_t l : network_.links_of(node)) sum += network_.link_upper[l];
    return sum;
  }

  void user(std::size_t j) const {
    const std::size_t node = urban_.sources.size() + j;
    const double supply = reach(node);
    if (!below(supply, network_.least[node])) return;
    throw Found{{Part::user, j, "demand",
                 fmt::format("the sources linked to user '{}' can give it {} {}, {} less than its lower bound {}; link "
                             "more sources to it or lower its demand or demand_lower",
                             urban_.users[j].name, volume(supply), suffix_, volume(network_.least[node] - supply),
                             volume(network_.least[node])),
                 t_}};
  }

  void source(std::size_t i) const {
    const double taken = reach(i);
    if (!below(taken, network_.least[i])) return;
    throw Found{{Part::source, i, "use_rate",
                 fmt::format("source '{}' must deliver {} {}, {} more than its linked users may take ({}); lower the "
                             "use_rate or link more users",
                             urban_.sources[i].name, volume(network_.least[i]), suffix_,
                             volume(network_.least[i] - taken), volume(taken)),
                 t_}};
  }

  void total() const {
    double supply = 0.0;
    double need = 0.0;
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) supply += std::min(network_.most[i], reach(i));
    for (std::size_t p = urban_.sources.size(); p < network_.nodes(); ++p) need += network_.least[p];
    if (!below(supply, need)) return;
    throw Found{{Part::source, 0, "available",
                 fmt::format("all sources together can supply {} {}, {} less than the lower demand bounds of all users "
                             "({}); add water or lower the demands or their lower bounds",
                             volume(supply), suffix_, volume(need - supply), volume(need)),
                 t_}};
  }

  void all_limits() const {
    std::vector<double> x(network_.links(), 0.0);
    CompletionWork work;
    const double lack = complete_allocation(network_, x, work);
    if (!(lack > 0.0)) return;
    const bool is_user = work.failed_node >= network_.sources;
    std::string group;
    for (std::size_t p = 0; p < network_.nodes(); ++p)
      if (work.reached_by[p] != kUnreached && (p >= network_.sources) == is_user)
        group +=
            (group.empty() ? "" : ", ") + (is_user ? urban_.users[p - network_.sources].name : urban_.sources[p].name);
    if (is_user)
      throw Found{
          {Part::user, work.failed_node - network_.sources, "demand",
           fmt::format("the users {} share sources that lack {} {} for their lower bounds; link more sources to "
                       "them or lower their demands or lower bounds",
                       group, volume(lack), suffix_),
           t_}};
    throw Found{{Part::source, work.failed_node, "use_rate",
                 fmt::format("the sources {} must deliver {} more than the users that they share may take {}; lower "
                             "their use_rate or link more users",
                             group, volume(lack), suffix_),
                 t_}};
  }

  const UrbanCase& urban_;
  AllocationNetwork network_;
  std::size_t t_;
  std::string suffix_;
};

}  // namespace

std::optional<CaseFault> case_fault(const UrbanCase& urban) {
  try {
    ValueCheck(urban).run();
    for (std::size_t t = 0; t < urban.scenarios.size(); ++t) SupplyCheck(urban, t).run();
  } catch (const Found& found) {
    return found.fault;
  }
  return std::nullopt;
}

}  // namespace millrace
