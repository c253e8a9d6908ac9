#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"

namespace millrace {

/// A value of a setting: a number, or a word such as the name of a crossover.
using SettingValue = std::variant<double, std::string>;
/// The number as the shortest text that reads back to the same bits, or the word.
std::string text_of(const SettingValue& value);

/// An objective of a stored problem. Its values are stored minimised.
struct StoredObjective {
  std::string name;
  std::string unit;
  bool maximised = false;
};

/// Where all hypervolumes and distances of a problem in one store are measured: frozen before its first run.
struct StoredReference {
  /// Where the box is from: "case" (the problem's own), "exact" (its linear program), "front" (its known front), "runs"
  /// (the union of the fronts of a few runs) or "none" (they found nothing feasible).
  std::string source;
  /// The box: minimised, one value an objective; empty where the source is "none".
  std::vector<double> ideal;
  std::vector<double> nadir;
  /// The front that igd_plus is measured to; no rows where no study has asked for it.
  Columns front;
};

/// A problem that runs of a store solve.
struct StoredProblem {
  /// 32 hexadecimal digits: its data and the version of the numerics.
  std::string digest;
  std::string name;
  /// Of a case; empty for a benchmark.
  std::string scenario;
  std::vector<StoredObjective> objectives;
  std::vector<std::string> variables;
  StoredReference reference;
};

enum class RunStatus { finished, failed };
std::string_view name_of(RunStatus status);

/// Where a run stood, again and again: values[r * names.size() + c]. NaN where a value is not known.
struct StoredTrace {
  /// "evaluations", "generation", "feasible_share", "hypervolume", ...; the last is "seconds".
  std::vector<std::string> names;
  std::vector<double> values;
  std::size_t rows() const { return names.empty() ? 0 : values.size() / names.size(); }
  double at(std::size_t row, std::size_t column) const { return values[row * names.size() + column]; }
};

/// One run: what it is, and what came out of it.
struct StoredRun {
  /// The address of the run: digest of the problem's data, the method, the budget and the seed.
  std::string digest;
  /// StoredProblem::digest.
  std::string problem;
  std::string algorithm;
  std::uint64_t seed = 0;
  RunStatus status = RunStatus::finished;
  /// Why it failed, or why it stopped ("generations").
  std::string reason;
  /// The parameters of its study that it read, by name; sorted by name.
  std::vector<std::pair<std::string, SettingValue>> settings;
  /// All its options as JSON.
  std::string options;
  /// The program and the machine that made it, as JSON.
  std::string machine;
  std::uint64_t generations = 0;
  std::uint64_t evaluations = 0;
  std::uint64_t failed_evaluations = 0;
  std::uint64_t front_size = 0;
  /// Points that its trace was to have; 0 where none was asked for.
  std::uint64_t trace_points = 0;
  double seconds = 0.0;
  /// Of its final front, sorted by name: "feasible_share", "hypervolume", "igd_plus" ... Empty where it failed.
  std::vector<std::pair<std::string, double>> indicators;
  StoredTrace trace;
  /// Its feasible front, minimised, ordered by objectives; front_size rows. Decisions only where they are kept.
  Columns objectives;
  DecisionRows decisions;

  /// NaN where there is none of that name.
  double indicator(std::string_view name) const;
};

}  // namespace millrace
