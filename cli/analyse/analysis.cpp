#include "cli/analyse/analysis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"

namespace millrace::cli {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double figure_of(const AnalysedRun& run, const std::string& name) {
  for (const auto& [known, value] : run.figures)
    if (known == name) return value;
  return kNaN;
}

/// A study file writes names with dashes, the store with underscores.
std::string stored_name(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool is_greater_better(const std::string& indicator) {
  static const std::set<std::string> kLess = {"igd_plus", "seconds", "evaluations"};
  return !kLess.contains(indicator);
}

SettingTable table_of(const AnalysedStudy& study, const std::string& typed) {
  const std::string indicator = stored_name(typed);
  SettingTable table{
      study.problems.size(), study.settings.size(), study.seeds.size(), is_greater_better(indicator), {}};
  std::set<std::string> known;
  bool found = false;
  for (const auto& run : study.runs) {
    table.values.push_back(run ? figure_of(*run, indicator) : kNaN);
    found = found || !std::isnan(table.values.back());
    if (run)
      for (const auto& [name, value] : run->figures) known.insert(name);
  }
  if (found) return table;
  if (known.empty()) throw UsageError(fmt::format("{}: no finished run yet; run the sweep first", study.source));
  const std::vector<std::string> names(known.begin(), known.end());
  throw UsageError(fmt::format("--indicator: no run has '{}'{}; they have {}", typed, suggestion(indicator, names),
                               fmt::join(names, ", ")));
}

/// "population=100" as the parameter and its value.
std::pair<std::string, std::string> pair_of(const std::string& text) {
  const std::size_t equal = text.find('=');
  if (equal == std::string::npos || equal == 0 || equal + 1 == text.size())
    throw UsageError(
        fmt::format("--baseline: '{}' is no pair; write for example population=100,generations=200", text));
  return {text.substr(0, equal), text.substr(equal + 1)};
}

/// The number that the text is, or the word.
SettingValue value_of(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() ? SettingValue(number) : SettingValue(text);
}

std::size_t find_baseline(const AnalysedStudy& study, const std::string& typed) {
  std::vector<std::size_t> matching;
  for (std::size_t s = 0; s < study.settings.size(); ++s) {
    bool matches = true;
    for (std::size_t at = 0; at <= typed.size();) {
      const std::size_t comma = std::min(typed.find(',', at), typed.size());
      const auto [name, text] = pair_of(typed.substr(at, comma - at));
      const SettingValue* value = study.settings[s].find(name);
      matches = matches && (name == "algorithm" ? study.settings[s].algorithm == text
                                                : value != nullptr && *value == value_of(text));
      at = comma + 1;
    }
    if (matches) matching.push_back(s);
  }
  if (matching.size() == 1) return matching.front();
  if (matching.empty())
    throw UsageError(fmt::format("--baseline: no setting has {}; the first one is {}", typed,
                                 study.settings.empty() ? "missing" : study.settings.front().text(true)));
  throw UsageError(fmt::format("--baseline: {} settings have {}; name more of their parameters, as in {}",
                               matching.size(), typed, study.settings[matching.front()].text(true)));
}

/// Mean evaluations of the runs of every setting on every problem.
std::vector<double> mean_evaluations(const AnalysedStudy& study) {
  std::vector<double> means;
  for (std::size_t p = 0; p < study.problems.size(); ++p)
    for (std::size_t s = 0; s < study.settings.size(); ++s) {
      double sum = 0.0, count = 0.0;
      for (std::size_t k = 0; k < study.seeds.size(); ++k)
        if (const auto& run = study.runs[study.run_index(p, s, k)]; run && !run->failed) {
          sum += figure_of(*run, "evaluations");
          count += 1.0;
        }
      means.push_back(count > 0.0 ? sum / count : kNaN);
    }
  return means;
}

void note_what_is_missing(const AnalysedStudy& study, Analysis& analysis) {
  const std::size_t done = study.finished(), failed = study.failed();
  if (done + failed < study.wanted)
    analysis.notes.push_back(
        fmt::format("{} of {} runs are missing: the sweep is not finished, and everything here "
                    "is of the runs that are there",
                    study.wanted - done - failed, study.wanted));
  if (failed > 0) analysis.notes.push_back(fmt::format("{} runs failed; they take no part", failed));
  if (study.seeds.size() < 5)
    analysis.notes.push_back(fmt::format("{} seed{} a setting: too few for tests of two settings to say much",
                                         study.seeds.size(), study.seeds.size() == 1 ? "" : "s"));
}

}  // namespace

Analysis analyse(const AnalysedStudy& study, const AnalysisOptions& options) {
  Analysis analysis;
  analysis.table = table_of(study, options.indicator);
  note_what_is_missing(study, analysis);
  analysis.ranking = rank_settings(analysis.table);
  analysis.reference = options.baseline.empty() ? study.baseline : find_baseline(study, options.baseline);
  analysis.has_baseline = analysis.reference.has_value();
  if (!analysis.reference && !analysis.ranking.order.empty()) analysis.reference = analysis.ranking.order.front();
  for (std::size_t p = 0; p < study.problems.size(); ++p)
    for (std::size_t s = 0; s < study.settings.size(); ++s)
      analysis.summaries.push_back(summary_of(analysis.table.sample(p, s), options.bootstrap));
  analysis.evaluations = mean_evaluations(study);
  if (analysis.reference) analysis.comparisons = compare_with(analysis.table, *analysis.reference);
  if (analysis.has_baseline)
    analysis.recommendation = recommend(analysis.table, analysis.evaluations, *analysis.reference);
  add_grid_effects(study, analysis);
  add_sensitivities(study, options, analysis);
  add_maps(study, options, analysis);
  return analysis;
}

}  // namespace millrace::cli
