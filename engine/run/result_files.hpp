#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/problem/spec.hpp"
#include "engine/run/budget.hpp"
#include "engine/run/front.hpp"
#include "engine/run/loop.hpp"

namespace millrace {

/// What came out of one run, as a person wants to see it. Objective values are in their shown sense.
struct RunSummary {
  std::string problem;
  StopReason stopped_by = StopReason::generations;
  Progress progress;
  EvaluationCount count;
  /// Message of the first exception a problem threw, or empty.
  std::string first_failure;
  std::size_t population = 0;
  std::size_t feasible_in_population = 0;
  Population front;
  ReferenceBox box;
  double hypervolume = 0.0;
  /// Index of the balanced scheme in the front (meaningless where the front is empty).
  Slot balanced = 0;

  double feasible_share() const;
};

RunSummary summarise(const AnyAlgorithm& algorithm, const Evaluator& evaluator, Workers& workers,
                     const Progress& progress, StopReason reason);

/// Header of an objective's column: name, sense and unit, e.g. "carbon (min) [t CO2]".
std::string objective_heading(const ObjectiveSpec& objective);

/// The header of front.csv: variables with the unit, objectives, "violation of <constraint> [unit]", "total violation".
std::vector<std::string> front_headings(const ProblemSpec& spec);

/// front.csv: a header, then one individual a line: decisions, objectives in their shown sense, the violation of each
/// constraint in its unit, the total violation. Numbers are the shortest that read back to the same bits.
std::string front_csv(const ProblemSpec& spec, const Population& front);

/// summary.json: counts, front size, normalised hypervolume with its box, and per objective ideal, nadir and the
/// balanced scheme.
std::string summary_json(const ProblemSpec& spec, const RunSummary& summary);

/// Replaces a file in one step (temporary file, then rename). Throws StorageError.
void write_file(const std::filesystem::path& path, std::string_view content);

}  // namespace millrace
