#include "cli/analyse/analysis_files.hpp"

#include <fmt/format.h>

#include <cmath>

namespace millrace::cli {
namespace {

using nlohmann::json;

json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }
json interval_json(const ConfidenceInterval& interval) { return {number(interval.lower), number(interval.upper)}; }

json setting_json(const AnalysedSetting& setting) {
  json values = json::object();
  for (const auto& [name, value] : setting.values)
    std::visit([&, key = name](const auto& v) { values[key] = v; }, value);
  return {{"algorithm", setting.algorithm}, {"parameters", values}};
}

json summaries_json(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  json list = json::array();
  for (std::size_t p = 0; p < study.problems.size(); ++p)
    for (std::size_t s = 0; s < study.settings.size(); ++s) {
      const auto& summary = analysis.summaries[p * study.settings.size() + s];
      if (!summary) continue;
      json& entry =
          list.emplace_back(json{{"problem", study.problems[p]},
                                 {"setting", s},
                                 {"runs", summary->count},
                                 {"median", number(summary->quartiles.median)},
                                 {"quartiles", {number(summary->quartiles.lower), number(summary->quartiles.upper)}},
                                 {"interval", interval_json(summary->interval)},
                                 {"evaluations", number(analysis.evaluations[p * study.settings.size() + s])}});
      if (!options.exact.empty()) entry["share_of_exact"] = number(summary->quartiles.median / options.exact[p]);
    }
  return list;
}

json comparisons_json(const AnalysedStudy& study, const Analysis& analysis) {
  json list = json::array();
  for (const SettingComparison& c : analysis.comparisons)
    list.push_back({{"problem", study.problems[c.problem]},
                    {"setting", c.setting},
                    {"gain", number(c.gain)},
                    {"a12", c.effect.a12},
                    {"magnitude", name_of(c.effect.magnitude)},
                    {"p", c.p_value},
                    {"p_holm", c.p_adjusted}});
  return list;
}

json ranking_json(const SettingRanking& ranking) {
  json result = {{"order", ranking.order}, {"mean_ranks", ranking.mean_ranks}};
  if (!ranking.friedman) return result;
  result["friedman"] = {{"chi_square", number(ranking.friedman->chi_square)},
                        {"p", ranking.friedman->chi_square_p},
                        {"f", number(ranking.friedman->f)},
                        {"f_p", ranking.friedman->f_p}};
  result["critical_difference"] = ranking.critical_difference;
  for (const auto& [first, last] : ranking.groups) result["groups"].push_back({first, last});
  return result;
}

json evidence_json(const AnalysedStudy& study, const std::optional<Evidence>& evidence) {
  if (!evidence) return nullptr;
  json gains = json::object();
  for (std::size_t p = 0; p < study.problems.size(); ++p) gains[study.problems[p]] = number(evidence->problem_gains[p]);
  return {
      {"setting", evidence->setting}, {"gain", number(evidence->gain)},   {"problem_gains", gains},
      {"pairs", evidence->pairs},     {"pairs_won", evidence->won},       {"pairs_tied", evidence->tied},
      {"seeds", evidence->seeds},     {"seeds_won", evidence->seeds_won}, {"a12", evidence->a12},
      {"p", evidence->p_value},       {"p_holm", evidence->p_adjusted},   {"cost_ratio", number(evidence->cost_ratio)}};
}

json scope_json(const AnalysedStudy& study, EffectScope scope) {
  return {{"problem", study.problems[scope.problem]}, {"algorithm", study.algorithms[scope.algorithm]}};
}

json effect_json(const std::string& name, const FactorialEffect& effect) {
  return {{"effect", name},
          {"share", effect.share},
          {"freedom", effect.freedom},
          {"f", number(effect.f)},
          {"p", effect.p_value}};
}

json grid_json(const AnalysedStudy& study, const GridReport& report) {
  json result = scope_json(study, report.scope);
  std::size_t level = 0, pair = 0;
  for (std::size_t k = 0; k < report.factors.size(); ++k) {
    json effect = effect_json(report.factors[k], report.effects.main[k]);
    for (const std::string& text : report.levels[k])
      effect["levels"].push_back({{"value", text}, {"mean", number(report.effects.level_means[level++])}});
    result["main"].push_back(effect);
    for (std::size_t j = k + 1; j < report.factors.size(); ++j)
      result["interactions"].push_back(
          effect_json(report.factors[k] + " x " + report.factors[j], report.effects.interactions[pair++]));
  }
  result["higher"] = effect_json("three and more together", report.effects.higher);
  result["seeds_share"] = report.effects.repeats_share;
  return result;
}

json share_json(const VarianceShare& share) {
  return {{"value", number(share.value)}, {"interval", interval_json(share.interval)}};
}

json sobol_json(const AnalysedStudy& study, const SobolReport& report) {
  json result = scope_json(study, report.scope);
  const VarianceIndices& indices = report.indices;
  result["base_points"] = indices.base_points;
  result["meaningful"] = indices.meaningful;
  result["enough_base_points"] = indices.enough_base_points;
  result["variance"] = number(indices.variance);
  std::size_t pair = 0;
  for (std::size_t k = 0; k < indices.first.size(); ++k) {
    result["parameters"].push_back({{"parameter", study.factors[k]},
                                    {"first", share_json(indices.first[k])},
                                    {"total", share_json(indices.total[k])}});
    for (std::size_t j = k + 1; j < indices.first.size() && !indices.second.empty(); ++j) {
      json second = share_json(indices.second[pair++]);
      second["parameters"] = {study.factors[k], study.factors[j]};
      result["second"].push_back(second);
    }
  }
  return result;
}

json morris_json(const AnalysedStudy& study, const MorrisReport& report) {
  json result = scope_json(study, report.scope);
  for (std::size_t k = 0; k < report.effects.size(); ++k) {
    const ElementaryEffects& e = report.effects[k];
    result["parameters"].push_back({{"parameter", study.factors[k]},
                                    {"steps", e.steps},
                                    {"mu", number(e.mu)},
                                    {"mu_star", number(e.mu_star)},
                                    {"mu_star_interval", interval_json(e.mu_star_interval)},
                                    {"sigma", number(e.sigma)}});
  }
  return result;
}

template <class Reports, class Make>
json list_of(const Reports& reports, Make&& make) {
  json list = json::array();
  for (const auto& report : reports) list.push_back(make(report));
  return list;
}

}  // namespace

json analysis_json(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  json exact = nullptr;
  for (std::size_t p = 0; p < options.exact.size(); ++p) exact[study.problems[p]] = number(options.exact[p]);
  return {{"source", study.source},
          {"indicator", options.indicator},
          {"greater_is_better", analysis.table.greater_is_better},
          {"runs", {{"wanted", study.wanted}, {"finished", study.finished()}, {"failed", study.failed()}}},
          {"problems", study.problems},
          {"seeds", study.seeds},
          {"settings", list_of(study.settings, setting_json)},
          {"reference", analysis.reference ? json(*analysis.reference) : json(nullptr)},
          {"reference_is_baseline", analysis.has_baseline},
          {"exact_hypervolume", exact},
          {"notes", analysis.notes},
          {"recommended",
           {{"best", evidence_json(study, analysis.recommendation.best)},
            {"best_at_cost", evidence_json(study, analysis.recommendation.best_at_cost)},
            {"cheapest", evidence_json(study, analysis.recommendation.cheapest)}}},
          {"summaries", summaries_json(study, analysis, options)},
          {"comparisons", comparisons_json(study, analysis)},
          {"ranking", ranking_json(analysis.ranking)},
          {"effects", list_of(analysis.grids, [&](const GridReport& r) { return grid_json(study, r); })},
          {"sobol", list_of(analysis.sobol, [&](const SobolReport& r) { return sobol_json(study, r); })},
          {"morris", list_of(analysis.morris, [&](const MorrisReport& r) { return morris_json(study, r); })}};
}

std::string maps_csv(const AnalysedStudy& study, const Analysis& analysis) {
  std::string csv = "problem,algorithm,x,x_from,x_to,y,y_from,y_to,threshold,runs,reached,share\n";
  for (const MapReport& report : analysis.maps)
    for (std::size_t y = 0; y < report.map.rows; ++y)
      for (std::size_t x = 0; x < report.map.columns; ++x) {
        const std::size_t cell = y * report.map.columns + x;
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},", study.problems[report.scope.problem],
                           study.algorithms[report.scope.algorithm], report.x, report.x_bins.lower[x],
                           report.x_bins.upper[x], report.y, report.y_bins.lower[y], report.y_bins.upper[y],
                           report.threshold, report.map.runs[cell], report.map.reached[cell]);
        csv += report.map.runs[cell] == 0 ? "\n" : fmt::format("{}\n", report.map.share(x, y));
      }
  return csv;
}

}  // namespace millrace::cli
