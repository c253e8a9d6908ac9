#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "cli/analyse/analysis.hpp"

namespace millrace::cli {
namespace {

/// Settings of an algorithm without a baseline that only stands beside its design.
std::vector<std::size_t> designed_settings(const AnalysedStudy& study, std::size_t algorithm) {
  std::set<std::size_t> settings;
  if (study.design)
    for (std::size_t point = 0; point < study.points.rows(); ++point)
      settings.insert(study.point_setting(algorithm, point));
  else
    for (std::size_t s = 0; s < study.settings.size(); ++s)
      if (study.settings[s].algorithm == study.algorithms[algorithm]) settings.insert(s);
  return {settings.begin(), settings.end()};
}

/// The parameters that all of some settings have and that vary among them, with their values in order.
struct Grid {
  std::vector<std::string> factors;
  std::vector<std::vector<SettingValue>> levels;
  std::vector<std::size_t> counts;
  /// Row in full_grid(counts) of every setting.
  std::vector<std::size_t> cells;
  std::size_t size = 1;
};

Grid grid_of(const AnalysedStudy& study, const std::vector<std::size_t>& settings) {
  Grid grid;
  for (const auto& [name, unused] : study.settings[settings.front()].values) {
    std::set<SettingValue> values;
    bool everywhere = true;
    for (const std::size_t s : settings) {
      const SettingValue* value = study.settings[s].find(name);
      everywhere = everywhere && value != nullptr;
      if (value != nullptr) values.insert(*value);
    }
    if (!everywhere || values.size() < 2) continue;
    grid.factors.push_back(name);
    grid.levels.emplace_back(values.begin(), values.end());
    grid.counts.push_back(values.size());
    grid.size *= values.size();
  }
  for (const std::size_t s : settings) {
    std::size_t cell = 0;
    for (std::size_t k = 0; k < grid.factors.size(); ++k) {
      const auto& levels = grid.levels[k];
      const SettingValue& value = *study.settings[s].find(grid.factors[k]);
      const auto place = std::lower_bound(levels.begin(), levels.end(), value) - levels.begin();
      cell = cell * levels.size() + static_cast<std::size_t>(place);
    }
    grid.cells.push_back(cell);
  }
  return grid;
}

bool is_full(const Grid& grid) {
  return grid.size == grid.cells.size() && std::set(grid.cells.begin(), grid.cells.end()).size() == grid.size;
}

GridReport grid_report(const AnalysedStudy& study, const SettingTable& table, const Grid& grid,
                       const std::vector<std::size_t>& settings, EffectScope scope) {
  GridReport report{.scope = scope, .factors = grid.factors};
  for (const auto& levels : grid.levels) {
    auto& texts = report.levels.emplace_back();
    for (const SettingValue& level : levels) texts.push_back(text_of(level));
  }
  std::vector<std::size_t> cell;
  std::vector<double> values;
  for (std::size_t i = 0; i < settings.size(); ++i)
    for (std::size_t k = 0; k < study.seeds.size(); ++k) {
      cell.push_back(grid.cells[i]);
      values.push_back(table.at(scope.problem, settings[i], k));
    }
  report.effects = factorial_effects(grid.counts, cell, values);
  return report;
}

/// Mean over the seeds of every point of the design; NaN where a run is missing.
std::vector<double> point_means(const AnalysedStudy& study, const SettingTable& table, EffectScope scope) {
  std::vector<double> means;
  for (std::size_t point = 0; point < study.points.rows(); ++point) {
    const std::size_t setting = study.point_setting(scope.algorithm, point);
    double sum = 0.0;
    for (std::size_t k = 0; k < study.seeds.size(); ++k) sum += table.at(scope.problem, setting, k);
    means.push_back(sum / static_cast<double>(study.seeds.size()));
  }
  return means;
}

/// What stands beside the name of the problem, and of the algorithm where there are several.
std::string scope_text(const AnalysedStudy& study, EffectScope scope) {
  const std::string& problem = study.problems[scope.problem];
  return study.algorithms.size() == 1 ? problem : problem + ", " + study.algorithms[scope.algorithm];
}

void add_sobol(const AnalysedStudy& study, const AnalysisOptions& options, EffectScope scope, Analysis& analysis) {
  const SaltelliShape shape{study.factors.size(), study.design->second_order};
  const VarianceIndices indices = variance_indices(point_means(study, analysis.table, scope), shape,
                                                   {.first = options.estimator, .bootstrap = options.bootstrap});
  const std::string where = scope_text(study, scope);
  if (indices.dropped > 0)
    analysis.notes.push_back(fmt::format("{}: {} of {} base points have a missing run and were left out", where,
                                         indices.dropped, indices.dropped + indices.base_points));
  if (indices.first.empty())
    analysis.notes.push_back(
        fmt::format("{}: nothing varies over {} base points: no Sobol indices", where, indices.base_points));
  else if (!indices.meaningful)
    analysis.notes.push_back(fmt::format(
        "{}: the Sobol indices do not mean anything yet: the interval of {} is {:.2f} wide; about {} base "
        "points in place of {} would make it narrower than 0.2",
        where, study.factors[indices.widest_factor], indices.widest, indices.enough_base_points, indices.base_points));
  analysis.sobol.push_back({scope, indices});
}

}  // namespace

void add_grid_effects(const AnalysedStudy& study, Analysis& analysis) {
  if (study.design && study.design->kind != StudyDesign::Kind::grid) return;
  for (std::size_t a = 0; a < study.algorithms.size(); ++a) {
    const std::vector<std::size_t> settings = designed_settings(study, a);
    if (settings.size() < 2) continue;
    const Grid grid = grid_of(study, settings);
    if (!is_full(grid)) {
      analysis.notes.push_back(
          fmt::format("{}: {} settings are no full grid of their parameters ({} combinations): no "
                      "main effects and interactions",
                      study.algorithms[a], settings.size(), grid.size));
      continue;
    }
    for (std::size_t p = 0; p < study.problems.size(); ++p) try {
        analysis.grids.push_back(grid_report(study, analysis.table, grid, settings, {a, p}));
      } catch (const std::invalid_argument& error) {
        analysis.notes.push_back(
            fmt::format("{}: {}: no main effects and interactions", scope_text(study, {a, p}), error.what()));
      }
  }
}

void add_sensitivities(const AnalysedStudy& study, const AnalysisOptions& options, Analysis& analysis) {
  if (!study.design) return;
  for (std::size_t a = 0; a < study.algorithms.size(); ++a)
    for (std::size_t p = 0; p < study.problems.size(); ++p) {
      const EffectScope scope{a, p};
      if (study.design->kind == StudyDesign::Kind::sobol) add_sobol(study, options, scope, analysis);
      if (study.design->kind == StudyDesign::Kind::morris)
        analysis.morris.push_back(
            {scope, elementary_effects(study.points, point_means(study, analysis.table, scope), options.bootstrap)});
    }
}

}  // namespace millrace::cli
