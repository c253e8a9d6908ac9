#include "problems/urban/baselines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "problems/urban/allocation_network.hpp"
#include "problems/urban/complete_allocation.hpp"

namespace millrace {
namespace {

constexpr double kKgPerT = 1e3;

struct HistoryKeys {
  const AccountingInput& size;
  const AccountingInput& history;
  double history_per_t;
  const char* words;
};

HistoryKeys history_keys(const UrbanAccounting& accounting, BaselineBasis basis) {
  if (basis == BaselineBasis::per_capita)
    return {accounting.population, accounting.history_carbon_kg_per_person, kKgPerT,
            "[accounting] population and history_carbon_kg_per_person"};
  return {accounting.area_km2, accounting.history_carbon_t_per_km2, 1.0,
          "[accounting] area_km2 and history_carbon_t_per_km2"};
}

std::optional<double> published_at(const UrbanCase& urban, const std::string& name, std::size_t scenario) {
  const Series* series = urban.published_series(name);
  return series == nullptr ? std::nullopt : std::optional((*series)[scenario]);
}

TraditionalBaseline baseline_without_growth(const UrbanCase& urban, std::size_t t, BaselineBasis basis) {
  TraditionalBaseline baseline;
  baseline.basis = basis;
  const HistoryKeys keys = history_keys(urban.accounting, basis);
  const std::string reduction = fmt::format("reduction_{}_t", name_of(basis));
  const auto optimised_t = published_at(urban, "carbon_t", t);
  const auto reduction_t = published_at(urban, reduction, t);
  if (!keys.size.values.empty() && !keys.history.values.empty()) {
    baseline.status = DataStatus::input;
    baseline.carbon_t = *keys.size.at(t) * *keys.history.at(t) / keys.history_per_t;
    baseline.from = fmt::format("{}, multiplied", keys.words);
  } else if (optimised_t && reduction_t) {
    baseline.status = DataStatus::derived;
    baseline.carbon_t = *optimised_t + *reduction_t;
    baseline.from = fmt::format("[published.per_scenario] carbon_t + {}", reduction);
  } else {
    baseline.from = fmt::format("missing: write {}", keys.words);
  }
  return baseline;
}

}  // namespace

std::string_view name_of(BaselineBasis basis) { return basis == BaselineBasis::per_capita ? "per_capita" : "per_area"; }

TraditionalBaseline traditional_baseline(const UrbanCase& urban, std::size_t scenario, BaselineBasis basis) {
  if (scenario >= urban.scenarios.size())
    throw std::invalid_argument(
        fmt::format("case '{}' has {} scenarios, none of index {}", urban.name, urban.scenarios.size(), scenario));
  TraditionalBaseline baseline = baseline_without_growth(urban, scenario, basis);
  const auto first_t = baseline_without_growth(urban, 0, basis).carbon_t;
  if (baseline.carbon_t && first_t && *first_t > 0.0) baseline.growth = *baseline.carbon_t / *first_t;
  return baseline;
}

CarbonReduction carbon_reduction(const UrbanCase& urban, const SchemeAccount& scheme, BaselineBasis basis) {
  CarbonReduction reduction;
  reduction.baseline = traditional_baseline(urban, scheme.scenario_index, basis);
  const auto& baseline_t = reduction.baseline.carbon_t;
  if (!baseline_t || !scheme.carbon) return reduction;
  reduction.reduction_t = *baseline_t - scheme.carbon->total_t;
  if (*baseline_t > 0.0) reduction.reduction_percent = 100.0 * *reduction.reduction_t / *baseline_t;
  return reduction;
}

CarbonTrade carbon_trade(const UrbanCase& urban, std::span<const SchemeAccount> schemes, BaselineBasis basis) {
  double total_t = 0.0;
  double low = 0.0;
  double high = 0.0;
  const UrbanAccounting& accounting = urban.accounting;
  const bool priced = !accounting.carbon_price_low_per_t.values.empty();
  for (const SchemeAccount& scheme : schemes) {
    const auto reduction_t = carbon_reduction(urban, scheme, basis).reduction_t;
    if (!reduction_t) return {basis, std::nullopt, std::nullopt, std::nullopt};
    total_t += *reduction_t;
    if (!priced) continue;
    low += *reduction_t * *accounting.carbon_price_low_per_t.at(scheme.scenario_index);
    high += *reduction_t * *accounting.carbon_price_high_per_t.at(scheme.scenario_index);
  }
  if (!priced) return {basis, total_t, std::nullopt, std::nullopt};
  return {basis, total_t, low, high};
}

ConventionalShortage shortage_without_unconventional(const UrbanCase& urban, std::size_t scenario) {
  if (scenario >= urban.scenarios.size())
    throw std::invalid_argument(
        fmt::format("case '{}' has {} scenarios, none of index {}", urban.name, urban.scenarios.size(), scenario));
  AllocationNetwork network(urban, scenario);
  std::fill(network.least.begin(), network.least.end(), 0.0);
  const std::size_t sources = urban.sources.size();
  for (std::size_t i = 0; i < sources; ++i)
    if (urban.sources[i].unconventional) network.most[i] = 0.0;
  for (std::size_t j = 0; j < urban.users.size(); ++j)
    network.most[sources + j] = std::min(network.most[sources + j], urban.users[j].demand[scenario]);
  for (std::size_t l = 0; l < network.links(); ++l)
    network.link_upper[l] =
        std::min({network.link_upper[l], network.most[network.link_source[l]], network.most[network.link_user[l]]});
  std::vector<std::size_t> order(urban.users.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto weight = [&](std::size_t j) {
    const Series& weights = urban.users[j].shortage_weight;
    return weights.empty() ? 1.0 : weights[scenario];
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });

  ConventionalShortage result;
  result.flows.assign(network.links(), 0.0);
  result.user_shortage.resize(urban.users.size());
  CompletionWork work;
  for (const std::size_t j : order) {
    network.least[sources + j] = network.most[sources + j];
    if (complete_allocation(network, result.flows, work) > 0.0) network.least[sources + j] = work.sums[sources + j];
    result.user_shortage[j] = std::max(0.0, urban.users[j].demand[scenario] - work.sums[sources + j]);
  }
  for (std::size_t j = 0; j < urban.users.size(); ++j) {
    result.demand += urban.users[j].demand[scenario];
    result.shortage += result.user_shortage[j];
  }
  result.delivered = result.demand - result.shortage;
  if (result.demand > 0.0) result.shortage_percent = 100.0 * result.shortage / result.demand;
  return result;
}

}  // namespace millrace
