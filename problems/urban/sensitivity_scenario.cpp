#include "problems/urban/sensitivity_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"
#include "problems/urban/supply_cut.hpp"

namespace millrace {
namespace {

void keep_one(Series& series, std::size_t scenario) {
  if (!series.empty()) series = {series[scenario]};
}

WhatIfAccount account_what_if(const UrbanCase& urban, std::span<const double> x, const UrbanWhatIf& what_if) {
  const UrbanCase changed = changed_case(urban, what_if.changes);
  WhatIfAccount account;
  account.name = what_if.name;
  account.provenance = what_if.provenance;
  account.before = objective_values(urban, 0, x);
  account.after = objective_values(changed, 0, x);
  account.breaches = limit_breaches(changed, 0, x);
  account.repaired.assign(x.begin(), x.end());
  if (!account.breaches.empty()) {
    account.infeasible_because = why_infeasible(changed, 0);
    const AllocationNetwork network(changed, 0);
    CompletionWork work;
    if (!account.infeasible_because.empty() || complete_allocation(network, account.repaired, work) > 0.0)
      account.repaired.clear();
  }
  if (!account.repaired.empty()) account.repaired_objectives = objective_values(changed, 0, account.repaired);
  return account;
}

}  // namespace

UrbanCase one_scenario(const UrbanCase& urban, std::size_t scenario) {
  if (scenario >= urban.scenarios.size())
    throw std::invalid_argument(
        fmt::format("case '{}' has {} scenarios, none of index {}", urban.name, urban.scenarios.size(), scenario));
  UrbanCase one = urban;
  one.scenarios = {urban.scenarios[scenario]};
  one.reference = {};
  one.published = {};
  one.accounting = {};
  one.sensitivity = {};
  for (UrbanSource& source : one.sources)
    for (Series UrbanSource::*series : {&UrbanSource::available, &UrbanSource::use_rate, &UrbanSource::carbon_kg_per_m3,
                                        &UrbanSource::quality_g_per_m3, &UrbanSource::energy_kwh_per_m3})
      keep_one(source.*series, scenario);
  for (UrbanUser& user : one.users)
    for (Series UrbanUser::*series :
         {&UrbanUser::demand, &UrbanUser::demand_lower, &UrbanUser::demand_upper, &UrbanUser::benefit_per_m3,
          &UrbanUser::shortage_weight, &UrbanUser::discharge, &UrbanUser::carbon_kg_per_m3})
      keep_one(user.*series, scenario);
  for (UrbanLink& link : one.links) {
    keep_one(link.capacity, scenario);
    keep_one(link.energy_kwh_per_m3, scenario);
  }
  return one;
}

UrbanCase changed_case(const UrbanCase& urban, std::span<const UrbanChange> changes) {
  UrbanCase changed = urban;
  for (const UrbanChange& change : changes) {
    const std::vector<Series*> series = series_of(changed, change.quantity, change.of);
    if (series.empty())
      throw std::invalid_argument(
          fmt::format("case '{}' has no data for {}", urban.name, label_of(change.quantity, change.of)));
    for (Series* values : series)
      for (double& value : *values) value = std::min(value * change.factor, most_of(change.quantity));
  }
  return changed;
}

double total_breach(std::span<const LimitBreach> breaches) {
  double sum = 0.0;
  for (const LimitBreach& breach : breaches) sum += breach.volume;
  return sum;
}

std::vector<WhatIfAccount> what_if_accounts(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  const UrbanCase one = one_scenario(urban, scenario);
  std::vector<WhatIfAccount> accounts;
  for (const UrbanWhatIf& what_if : urban.sensitivity.what_ifs) accounts.push_back(account_what_if(one, x, what_if));
  return accounts;
}

}  // namespace millrace
