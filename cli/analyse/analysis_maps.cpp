#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include "cli/analyse/analysis.hpp"

namespace millrace::cli {
namespace {

/// Parameters with more than one number among the settings of an algorithm, by name.
std::vector<std::string> varying_numbers(const AnalysedStudy& study, const std::string& algorithm) {
  std::set<std::string> names;
  for (const AnalysedSetting& setting : study.settings)
    if (setting.algorithm == algorithm)
      for (const auto& [name, value] : setting.values) names.insert(name);
  std::vector<std::string> varying;
  for (const std::string& name : names) {
    std::set<double> numbers;
    for (const AnalysedSetting& setting : study.settings)
      if (setting.algorithm == algorithm)
        if (const SettingValue* value = setting.find(name); value && std::holds_alternative<double>(*value))
          numbers.insert(std::get<double>(*value));
    if (numbers.size() > 1) varying.push_back(name);
  }
  return varying;
}

/// What a run of the problem must reach.
double threshold_of(const SettingTable& table, std::size_t problem, const AnalysisOptions& options) {
  if (options.threshold) return *options.threshold;
  double best = std::nan("");
  for (std::size_t s = 0; s < table.settings; ++s)
    for (const double value : table.sample(problem, s))
      if (std::isnan(best) || (table.greater_is_better ? value > best : value < best)) best = value;
  return table.greater_is_better ? options.reach * best : best / options.reach;
}

/// The same bins for every problem: those of the settings, whether or not their runs are there.
class SettingBins {
 public:
  SettingBins(const AnalysedStudy& study, const AnalysisOptions& options, std::size_t algorithm, const std::string& x,
              const std::string& y)
      : study_(study) {
    std::vector<double> x_values, y_values;
    for (std::size_t s = 0; s < study.settings.size(); ++s) {
      const SettingValue* at_x = study.settings[s].find(x);
      const SettingValue* at_y = study.settings[s].find(y);
      if (study.settings[s].algorithm != study.algorithms[algorithm] || at_x == nullptr || at_y == nullptr) continue;
      if (!std::holds_alternative<double>(*at_x) || !std::holds_alternative<double>(*at_y)) continue;
      settings_.push_back(s);
      x_values.push_back(std::get<double>(*at_x));
      y_values.push_back(std::get<double>(*at_y));
    }
    x_ = bins_of(x_values, options.bins, logarithmic(x));
    y_ = bins_of(y_values, options.bins, logarithmic(y));
  }

  MapReport map_of(const SettingTable& table, EffectScope scope, double threshold) const {
    MapReport report{.scope = scope, .x_bins = x_, .y_bins = y_, .threshold = threshold};
    report.x_bins.bin_of.clear();
    report.y_bins.bin_of.clear();
    std::vector<double> values;
    for (std::size_t i = 0; i < settings_.size(); ++i)
      for (std::size_t k = 0; k < study_.seeds.size(); ++k) {
        if (!study_.runs[study_.run_index(scope.problem, settings_[i], k)]) continue;
        report.x_bins.bin_of.push_back(x_.bin_of[i]);
        report.y_bins.bin_of.push_back(y_.bin_of[i]);
        values.push_back(table.at(scope.problem, settings_[i], k));
      }
    report.map = control_map(report.x_bins, report.y_bins, values, threshold, table.greater_is_better);
    return report;
  }

 private:
  bool logarithmic(const std::string& name) const {
    return std::find(study_.logarithmic.begin(), study_.logarithmic.end(), name) != study_.logarithmic.end();
  }

  const AnalysedStudy& study_;
  std::vector<std::size_t> settings_;
  ParameterBins x_, y_;
};

}  // namespace

void add_maps(const AnalysedStudy& study, const AnalysisOptions& options, Analysis& analysis) {
  for (std::size_t a = 0; a < study.algorithms.size(); ++a) {
    const std::vector<std::string> names = varying_numbers(study, study.algorithms[a]);
    for (std::size_t x = 0; x < names.size(); ++x)
      for (std::size_t y = x + 1; y < names.size(); ++y) {
        const SettingBins bins(study, options, a, names[x], names[y]);
        for (std::size_t p = 0; p < study.problems.size(); ++p) {
          MapReport& report =
              analysis.maps.emplace_back(bins.map_of(analysis.table, {a, p}, threshold_of(analysis.table, p, options)));
          report.x = names[x];
          report.y = names[y];
        }
      }
  }
}

}  // namespace millrace::cli
