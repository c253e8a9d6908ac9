#include "cli/account/account_json.hpp"

#include "engine/random/sobol.hpp"
#include "problems/urban/baselines_published.hpp"
#include "problems/urban/sensitivity.hpp"
#include "problems/urban/sensitivity_scenario.hpp"

namespace millrace::cli {
namespace {

using nlohmann::json;

json number(const std::optional<double>& value) { return value ? json(*value) : json(nullptr); }

json sources_json(const SchemeAccount& account) {
  json sources = json::array();
  for (std::size_t i = 0; i < account.sources.size(); ++i) {
    const SourceAccount& source = account.sources[i];
    json to = json::object();
    for (std::size_t j = 0; j < account.users.size(); ++j) to[account.users[j].name] = account.flow_between(i, j);
    sources.push_back({{"name", source.name},
                       {"to", to},
                       {"available", source.available},
                       {"least_use", source.least_use},
                       {"used", source.used},
                       {"used_share", number(source.used_share)},
                       {"supply_carbon_t", number(source.supply_carbon_t)}});
  }
  return sources;
}

json users_json(const SchemeAccount& account) {
  json users = json::array();
  for (const UserAccount& user : account.users)
    users.push_back({{"name", user.name},
                     {"demand", user.demand},
                     {"least_supply", user.least_supply},
                     {"most_supply", user.most_supply},
                     {"supplied", user.supplied},
                     {"shortage", user.shortage},
                     {"surplus", user.surplus},
                     {"supplied_share", number(user.supplied_share)},
                     {"supply_carbon_t", number(user.supply_carbon_t)},
                     {"use_carbon_t", number(user.use_carbon_t)}});
  return users;
}

json figures_json(const std::vector<ComparedFigure>& figures) {
  json list = json::array();
  for (const ComparedFigure& figure : figures)
    list.push_back({{"name", figure.name},
                    {"ours", number(figure.ours)},
                    {"published", number(figure.published)},
                    {"difference", number(figure.difference())},
                    {"difference_percent", number(figure.difference_percent())},
                    {"from", figure.from}});
  return list;
}

json breaches_json(const std::vector<LimitBreach>& breaches) {
  json list = json::array();
  for (const LimitBreach& breach : breaches)
    list.push_back({{"limit", breach.limit}, {"volume", breach.volume}, {"share", breach.share}});
  return list;
}

json sobol_json(const SobolTable& table) {
  json outputs = json::array();
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    json inputs = json::array();
    for (std::size_t k = 0; k < table.inputs.size(); ++k) {
      const SobolIndex& index = table.of(o, k);
      inputs.push_back({{"data", table.inputs[k]},
                        {"first", number(index.first)},
                        {"total", number(index.total)},
                        {"first_standard_error", index.first_error},
                        {"total_standard_error", index.total_error}});
    }
    outputs.push_back(
        {{"output", table.outputs[o]}, {"mean", table.mean[o]}, {"variance", table.variance[o]}, {"indices", inputs}});
  }
  return outputs;
}

json what_ifs_json(const UrbanCase& urban, const AccountedScheme& scheme) {
  json list = json::array();
  for (const WhatIfAccount& account : what_if_accounts(urban, scheme.account.scenario_index, scheme.x))
    list.push_back({{"name", account.name},
                    {"provenance", account.provenance},
                    {"feasible", account.breaches.empty()},
                    {"objectives_before", account.before},
                    {"objectives_after", account.after},
                    {"breaches", breaches_json(account.breaches)},
                    {"repaired", account.repaired},
                    {"objectives_repaired", account.repaired_objectives},
                    {"infeasible_because", account.infeasible_because}});
  return list;
}

json sensitivity_json(const UrbanCase& urban, const AccountedScheme& scheme, std::size_t samples) {
  const std::size_t t = scheme.account.scenario_index;
  const OneAtATimeTable table = one_at_a_time(urban, t, scheme.x);
  json rows = json::array();
  for (const OneAtATime& row : table.rows)
    rows.push_back({{"data", row.input},
                    {"low_factor", row.low_factor},
                    {"high_factor", row.high_factor},
                    {"low", row.low},
                    {"high", row.high}});
  const Columns sample = sobol_points(samples, 2 * urban.sensitivity.ranges.size(), 1);
  return {{"outputs", table.outputs},
          {"base", table.base},
          {"one_at_a_time", rows},
          {"sobol", sobol_json(sobol_indices(urban, t, scheme.x, sample))},
          {"what_if", what_ifs_json(urban, scheme)}};
}

}  // namespace

json accounts_json(const AccountedStudy& study, std::size_t samples) {
  json scenarios = json::array();
  std::vector<SchemeAccount> accounts;
  for (const AccountedScheme& scheme : study.schemes) {
    const SchemeAccount& account = scheme.account;
    json objectives = json::array();
    for (const ObjectiveAccount& objective : account.objectives)
      objectives.push_back(
          {{"name", name_of(objective.objective)}, {"unit", objective.unit}, {"value", objective.value + 0.0}});
    scenarios.push_back({{"scenario", account.scenario},
                         {"front", scheme.front_file.string()},
                         {"line", scheme.line},
                         {"sources", sources_json(account)},
                         {"users", users_json(account)},
                         {"objectives", objectives},
                         {"breaches", breaches_json(account.breaches)},
                         {"figures", figures_json(compared_figures(study.urban, account))}});
    if (samples > 0) scenarios.back()["sensitivity"] = sensitivity_json(study.urban, scheme, samples);
    accounts.push_back(account);
  }
  json contradictions = json::array();
  for (const Contradiction& entry : source_contradictions(study.urban))
    contradictions.push_back({{"name", entry.name},
                              {"scenario", entry.scenario},
                              {"printed", entry.printed},
                              {"follows", entry.follows},
                              {"rounding", entry.rounding},
                              {"sentence", entry.sentence}});
  json inputs = json::object();
  for (const AccountingKey& entry : kAccountingKeys) {
    const AccountingInput& input = study.urban.accounting.*entry.input;
    inputs[entry.key] = {{"status", name_of(input.status)}, {"provenance", input.provenance}, {"values", input.values}};
  }
  return {{"case", study.urban.name},
          {"address", study.address},
          {"volume_unit", study.urban.units.volume.text},
          {"solution", study.solution},
          {"scenarios", scenarios},
          {"study", figures_json(compared_study_figures(study.urban, accounts))},
          {"contradictions", contradictions},
          {"accounting", inputs}};
}

}  // namespace millrace::cli
