#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/sweep/sweep_plan.hpp"
#include "engine/store/store.hpp"

namespace millrace::cli {

/// An algorithm with values of the parameters that it read: runs of one setting differ in problem and seed only.
struct AnalysedSetting {
  std::string algorithm;
  /// Sorted by name.
  std::vector<std::pair<std::string, SettingValue>> values;

  /// Null where it has no parameter of that name.
  const SettingValue* find(const std::string& parameter) const;
  /// "population 100, crossover-probability 0.9", after the algorithm where `with_algorithm`.
  std::string text(bool with_algorithm) const;
};

/// What one run left, without its front and its trace.
struct AnalysedRun {
  bool failed = false;
  /// By name: those of the store, and "evaluations", "front_size", "seconds".
  std::vector<std::pair<std::string, double>> figures;
};

/// Runs of a study, or all runs of a store, by problem, setting and seed.
struct AnalysedStudy {
  /// As shown: the study file or the store.
  std::string source;
  std::vector<std::string> problems;
  std::vector<std::string> algorithms;
  std::vector<AnalysedSetting> settings;
  std::vector<std::uint64_t> seeds;
  /// [(problem * settings + setting) * seeds + seed]; empty where there is no such run.
  std::vector<std::optional<AnalysedRun>> runs;
  /// What a study file says, with the first algorithm, or nothing.
  std::optional<std::size_t> baseline;
  /// Of a study file: its design (points in rows), and the setting of every point of every algorithm, those of the
  /// design first, then the baseline where there is one; each algorithm has as many.
  std::optional<StudyDesign> design;
  std::vector<std::string> factors;
  Columns points;
  std::vector<std::size_t> setting_of_point;
  /// Parameters whose range is logarithmic.
  std::vector<std::string> logarithmic;

  std::size_t run_index(std::size_t problem, std::size_t setting, std::size_t seed) const {
    return (problem * settings.size() + setting) * seeds.size() + seed;
  }
  std::size_t finished() const;
  std::size_t failed() const;
  /// Runs that the study asks for (of a store: that are there).
  std::size_t wanted = 0;

  /// Setting of a point of the design.
  std::size_t point_setting(std::size_t algorithm, std::size_t point) const {
    return setting_of_point[algorithm * (setting_of_point.size() / algorithms.size()) + point];
  }
};

/// The runs of a study file that its store has. Throws UsageError, and StoreError.
AnalysedStudy analysed_study(const SweepPlan& plan, const Store& store);

/// Every run of a store. Throws StoreError, and UsageError where it has none.
AnalysedStudy analysed_store(const Store& store);

}  // namespace millrace::cli
