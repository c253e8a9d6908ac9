#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"
#include "cli/sweep/study_file.hpp"
#include "engine/data/columns.hpp"

namespace millrace::cli {

/// One scenario of one problem of a study.
struct PlannedProblem {
  /// "pingliang 2030", "dtlz2-m3".
  std::string label() const;

  /// Study::name.
  std::string name;
  StudyMember member;
  RecommendedSettings recommended;
  ProblemRequest request;
  /// As in the store.
  std::string digest;
};

/// One problem, one algorithm, one point of the design: the runs that differ in their seed only.
struct PlannedSetting {
  std::size_t problem = 0;
  std::size_t algorithm = 0;
  std::size_t point = 0;
  /// The parameters of the study that are read here, sorted by name.
  std::vector<std::pair<std::string, SettingValue>> values;
  /// With seed 0.
  RunSettings run;
};

/// Everything that a study asks for.
///
/// Settings are ordered by problem, algorithm, point; every setting has one run a seed. Two settings may be the same
/// run (a parameter that is not read there, equal whole numbers): then their digests are equal and it is made once.
struct SweepPlan {
  std::size_t points() const { return design.rows() + (file.baseline.empty() ? 0 : 1); }
  /// Point of StudyFile::baseline, where there is one: the last.
  std::size_t baseline_point() const { return design.rows(); }
  std::size_t setting_index(std::size_t problem, std::size_t algorithm, std::size_t point) const {
    return (problem * file.algorithms.size() + algorithm) * points() + point;
  }
  const std::string& digest(std::size_t setting, std::size_t seed) const {
    return digests[setting * file.seeds.size() + seed];
  }

  StudyFile file;
  std::vector<PlannedProblem> problems;
  /// Indices into file.parameters: the columns of the design.
  std::vector<std::size_t> factors;
  /// One row a point: places in [0, 1] of the factors (for a grid: indices of their levels).
  Columns design;
  std::vector<PlannedSetting> settings;
  /// Run digests, by setting and seed.
  std::vector<std::string> digests;
};

/// Throws UsageError with one sentence (file:line: key: ...) where a problem is not known or a value cannot be run.
SweepPlan plan_sweep(StudyFile file);

}  // namespace millrace::cli
