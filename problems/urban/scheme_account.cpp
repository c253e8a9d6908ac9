#include "problems/urban/scheme_account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/objective_form.hpp"

namespace millrace {
namespace {

constexpr double kTolerance = 1e-9;
constexpr double kKgPerT = 1e3;

void check_scheme(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  if (scenario >= urban.scenarios.size())
    throw std::invalid_argument(
        fmt::format("case '{}' has {} scenarios, none of index {}", urban.name, urban.scenarios.size(), scenario));
  if (x.size() != urban.links.size())
    throw std::invalid_argument(
        fmt::format("the scheme has {} volumes and case '{}' has {} links", x.size(), urban.name, urban.links.size()));
}

/// Water of every source, then of every user, added in the order of the links as the kernels do.
std::vector<double> node_sums(const UrbanCase& urban, std::span<const double> x) {
  std::vector<double> sums(urban.sources.size() + urban.users.size(), 0.0);
  for (std::size_t l = 0; l < x.size(); ++l) {
    sums[urban.links[l].source] += x[l];
    sums[urban.sources.size() + urban.links[l].user] += x[l];
  }
  return sums;
}

double value_of(const ObjectiveForm& form, std::span<const double> x, std::span<const double> sums) {
  double total = form.constant;
  for (const auto& term : form.nodes) total += term.coefficient * sums[term.index];
  for (const auto& term : form.links) total += term.coefficient * x[term.index];
  for (const auto& hinge : form.hinges) total += hinge.weight * std::max(0.0, hinge.target - sums[hinge.node]);
  return total;
}

std::optional<double> ratio(double part, double whole) {
  return whole > 0.0 ? std::optional(part / whole) : std::nullopt;
}

class Accountant {
 public:
  Accountant(const UrbanCase& urban, std::size_t scenario, std::span<const double> x)
      : urban_(urban), t_(scenario), x_(x), sums_(node_sums(urban, x)) {}

  SchemeAccount account() {
    account_.scenario_index = t_;
    account_.scenario = urban_.scenarios[t_];
    account_.flow.assign(urban_.sources.size() * urban_.users.size(), 0.0);
    for (std::size_t l = 0; l < x_.size(); ++l)
      account_.flow[urban_.links[l].source * urban_.users.size() + urban_.links[l].user] = x_[l];
    for (std::size_t i = 0; i < urban_.sources.size(); ++i) add_source(i);
    for (std::size_t j = 0; j < urban_.users.size(); ++j) add_user(j);
    add_carbon();
    const std::vector<double> values = objective_values(urban_, t_, x_);
    for (std::size_t k = 0; k < values.size(); ++k)
      account_.objectives.push_back({urban_.objectives[k], objective_unit(urban_, urban_.objectives[k]), values[k]});
    account_.breaches = limit_breaches(urban_, t_, x_);
    return std::move(account_);
  }

 private:
  double t_per_volume(double kg_per_m3) const { return kg_per_m3 * urban_.units.volume.size / kKgPerT; }

  bool sources_have_carbon() const {
    return std::all_of(urban_.sources.begin(), urban_.sources.end(),
                       [](const UrbanSource& source) { return !source.carbon_kg_per_m3.empty(); });
  }
  bool users_have_carbon() const {
    return std::all_of(urban_.users.begin(), urban_.users.end(),
                       [](const UrbanUser& user) { return !user.carbon_kg_per_m3.empty(); });
  }

  void add_source(std::size_t i) {
    const UrbanSource& source = urban_.sources[i];
    SourceAccount& row = account_.sources.emplace_back();
    row.name = source.name;
    row.available = source.available[t_];
    row.least_use = source.use_rate[t_] * row.available;
    row.used = sums_[i];
    row.used_share = ratio(row.used, row.available);
    if (!source.carbon_kg_per_m3.empty()) row.supply_carbon_t = t_per_volume(source.carbon_kg_per_m3[t_]) * row.used;
    account_.available += row.available;
  }

  void add_user(std::size_t j) {
    const UrbanUser& user = urban_.users[j];
    UserAccount& row = account_.users.emplace_back();
    row.name = user.name;
    row.demand = user.demand[t_];
    row.least_supply = user.demand_lower[t_] * row.demand;
    row.most_supply = user.demand_upper[t_] * row.demand;
    row.supplied = sums_[urban_.sources.size() + j];
    row.shortage = std::max(0.0, row.demand - row.supplied);
    row.surplus = std::max(0.0, row.supplied - row.demand);
    row.supplied_share = ratio(row.supplied, row.demand);
    if (sources_have_carbon()) {
      double carbon = 0.0;
      for (std::size_t i = 0; i < urban_.sources.size(); ++i)
        carbon += t_per_volume(urban_.sources[i].carbon_kg_per_m3[t_]) * account_.flow[i * urban_.users.size() + j];
      row.supply_carbon_t = carbon;
    }
    if (!user.carbon_kg_per_m3.empty()) row.use_carbon_t = t_per_volume(user.carbon_kg_per_m3[t_]) * row.supplied;
    account_.demand += row.demand;
    account_.supplied += row.supplied;
    account_.shortage += row.shortage;
    account_.surplus += row.surplus;
  }

  void add_carbon() {
    if (!sources_have_carbon() || !users_have_carbon()) return;
    CarbonAccount carbon;
    for (const SourceAccount& source : account_.sources) carbon.supply_t += *source.supply_carbon_t;
    for (const UserAccount& user : account_.users) carbon.use_t += *user.use_carbon_t;
    carbon.total_t = carbon.supply_t + carbon.use_t;
    const double kg = kKgPerT;
    const double m3 = account_.supplied * urban_.units.volume.size;
    carbon.supply_kg_per_m3 = ratio(kg * carbon.supply_t, m3);
    carbon.use_kg_per_m3 = ratio(kg * carbon.use_t, m3);
    carbon.total_kg_per_m3 = ratio(kg * carbon.total_t, m3);
    if (const auto population = urban_.accounting.population.at(t_))
      carbon.total_kg_per_person = ratio(kg * carbon.total_t, *population);
    if (const auto area = urban_.accounting.area_km2.at(t_)) carbon.total_t_per_km2 = ratio(carbon.total_t, *area);
    account_.carbon = carbon;
  }

  const UrbanCase& urban_;
  std::size_t t_;
  std::span<const double> x_;
  std::vector<double> sums_;
  SchemeAccount account_;
};

class BreachList {
 public:
  /// Adds the breach of g <= 0, where `scale` is the limited quantity.
  void add(double g, double scale, std::string limit) {
    if (!(scale > 0.0)) scale = 1.0;
    if (g > kTolerance * scale) breaches_.push_back({std::move(limit), g, g / scale});
  }
  std::vector<LimitBreach> take() { return std::move(breaches_); }

 private:
  std::vector<LimitBreach> breaches_;
};

}  // namespace

SchemeAccount account_of(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  check_scheme(urban, scenario, x);
  return Accountant(urban, scenario, x).account();
}

std::vector<double> objective_values(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  check_scheme(urban, scenario, x);
  const std::vector<double> sums = node_sums(urban, x);
  std::vector<double> values;
  for (const UrbanObjective objective : urban.objectives) {
    const double value = value_of(make_objective_form(urban, scenario, objective), x, sums);
    values.push_back(objective == UrbanObjective::benefit ? -value : value);
  }
  return values;
}

std::vector<LimitBreach> limit_breaches(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  check_scheme(urban, scenario, x);
  const std::vector<double> sums = node_sums(urban, x);
  BreachList breaches;
  for (std::size_t i = 0; i < urban.sources.size(); ++i) {
    const UrbanSource& source = urban.sources[i];
    const double available = source.available[scenario];
    breaches.add(sums[i] - available, available, source.name + " available");
    breaches.add(source.use_rate[scenario] * available - sums[i], available, source.name + " use rate");
  }
  for (std::size_t j = 0; j < urban.users.size(); ++j) {
    const UrbanUser& user = urban.users[j];
    const double demand = user.demand[scenario];
    const double supplied = sums[urban.sources.size() + j];
    breaches.add(user.demand_lower[scenario] * demand - supplied, demand, user.name + " lower demand");
    breaches.add(supplied - user.demand_upper[scenario] * demand, demand, user.name + " upper demand");
  }
  for (std::size_t l = 0; l < x.size(); ++l) {
    const UrbanLink& link = urban.links[l];
    const std::string name = urban.sources[link.source].name + "_to_" + urban.users[link.user].name;
    if (!link.capacity.empty())
      breaches.add(x[l] - link.capacity[scenario], link.capacity[scenario], name + " capacity");
    breaches.add(-x[l], 1.0, name + " not negative");
  }
  return breaches.take();
}

}  // namespace millrace
