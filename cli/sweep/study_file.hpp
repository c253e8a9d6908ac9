#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "engine/store/stored_run.hpp"
#include "engine/study/design.hpp"

namespace millrace::cli {

/// A parameter applies only where another one, or "algorithm", has one of these values.
struct ParameterCondition {
  std::string parameter;
  std::vector<SettingValue> values;
};

/// One line of [parameters]: a list of values (one value is a list of one), or a range.
struct StudyParameter {
  /// As an option of `millrace run` without its dashes: "population", "crossover-eta".
  std::string name;
  /// Empty for a range.
  std::vector<SettingValue> values;
  std::optional<ParameterRange> range;
  /// Values that a grid takes from the range; empty: as many as [design] levels says.
  std::optional<std::size_t> steps;
  /// All of them must hold.
  std::vector<ParameterCondition> when;
  std::size_t line = 0;

  /// Whether the design has a column for it.
  bool varies() const { return range.has_value() || values.size() > 1; }
};

struct StudyDesign {
  enum class Kind { grid, latin_hypercube, sobol, morris };
  Kind kind = Kind::grid;
  /// Points of the Latin hypercube, base points of the Saltelli design, trajectories of Morris.
  std::size_t samples = 0;
  /// Values that a grid takes from a range without steps of its own; levels of Morris.
  std::size_t levels = 4;
  std::uint64_t seed = 1;
  /// Saltelli's design with the blocks that second-order indices need.
  bool second_order = false;
};
const char* name_of(StudyDesign::Kind kind);

struct StudyProblem {
  ProblemRequest request;
  std::size_t line = 0;
};

/// study.toml, checked. docs/sweeps.md describes the file.
struct StudyFile {
  std::filesystem::path path;
  std::string name;
  std::vector<StudyProblem> problems;
  std::vector<std::string> algorithms;
  /// In the order of the file.
  std::vector<StudyParameter> parameters;
  /// A setting that every other is compared with (the paper's), run beside the design; empty where there is none.
  std::vector<std::pair<std::string, SettingValue>> baseline;
  StudyDesign design;
  std::vector<std::uint64_t> seeds;
  /// Of every run; both empty where the case's own or a parameter says.
  std::optional<std::uint64_t> evaluations, generations;
  /// Indicators besides hypervolume and feasible share, which every run has.
  bool igd_plus = false;
  bool epsilon_progress = false;
  /// Points of the trace of every run; 0: none.
  std::size_t trace_points = 0;
  bool keep_decisions = false;
};

/// Throws UsageError with file:line: key: what is wrong; what to write instead.
StudyFile read_study_file(const std::filesystem::path& path);

/// <folder of the study file>/<its name without .toml>.db: where its runs are kept unless somebody says otherwise.
std::filesystem::path default_store(const std::filesystem::path& study_file);

}  // namespace millrace::cli
