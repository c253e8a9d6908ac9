#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/run/own_options.hpp"
#include "cli/run/seed_designs.hpp"
#include "engine/algorithm/catalogue.hpp"
#include "engine/run/budget.hpp"
#include "engine/run/refinement_step.hpp"
#include "engine/run/run_archive.hpp"

namespace millrace::cli {

/// Options that only some families of cases have, as typed: "--controller" is "rbf".
using CaseOptions = std::map<std::string, std::string>;

/// What a run is: everything that its bits depend on besides the problem's data.
struct RunSettings {
  /// Built-in name, or absolute path of a case file.
  std::string problem;
  /// Scenarios (planning years) of a case; empty for all of them.
  std::vector<std::string> scenarios;
  /// Size of a scalable benchmark problem.
  std::optional<std::size_t> objectives;
  std::optional<std::size_t> variables;
  bool repair = true;
  CaseOptions case_options;
  std::string algorithm;
  AlgorithmSettings method;
  Budget budget;
  ArchiveOptions archive;
  /// Where the problem refines some of the offspring.
  std::optional<RefinementOptions> refinement;
  std::uint64_t seed = 1;
  /// Points of the exact front to solve for in place of evolution; `algorithm` is then "exact".
  std::optional<std::size_t> directions;
  /// What is added to the result: it changes neither the front nor the address of a run.
  bool certify = false;
  bool polish = false;
  /// Known designs in the first population.
  std::optional<SeedFile> seeds;
  /// The best solution of each objective alone in the first population, by linear programs.
  bool seed_anchors = false;
};

/// How it is carried out: nothing here changes a result.
struct Execution {
  /// 0: every core.
  std::size_t threads = 0;
  /// Empty: results/<case>-<algorithm>-seed<seed>-<digest>.
  std::filesystem::path output;
  /// Run again what is finished, and replace what the folder holds.
  bool force = false;
  /// Newline-delimited JSON on standard output in place of text.
  bool json = false;
  bool quiet = false;
  /// Measure where the time of each run goes.
  bool profile = false;
};

/// What a person typed: empty where nothing was said, so that the case's own settings can stand in.
struct RunRequest {
  std::string problem;
  std::vector<std::string> scenarios;
  std::optional<std::size_t> objectives, variables;
  bool no_repair = false;
  CaseOptions case_options;
  std::optional<std::string> method;
  std::optional<long long> directions;
  bool certify = false;
  bool polish = false;
  std::optional<std::string> algorithm, sampling, crossover;
  std::optional<long long> population;
  std::optional<long long> generations, evaluations, stagnation, epsilon_stagnation;
  std::optional<double> seconds, target_hypervolume;
  std::optional<double> crossover_probability, crossover_eta, differential_weight, differential_rate;
  std::optional<double> mutation_probability, mutation_eta, excursion;
  std::optional<long long> refine_every, refine_count;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> seed_from, archive;
  bool seed_anchors = false;
  std::vector<double> epsilons;
  OwnRequest own;
  std::string simd;
  Execution execution;
};

/// Settings a case recommends (those of the paper it comes from).
struct RecommendedSettings {
  /// The problem's: what the default algorithm depends on.
  std::size_t objectives = 2;
  std::optional<double> population, generations, crossover_probability, mutation_probability;
  /// Share of the run that searches beyond the constraints, where its length is limited.
  double excursion = 0.0;
  /// Names as on the command line; empty for the general defaults.
  std::string algorithm, crossover, archive;
  /// Whether the problem refines offspring (RefiningProblem), and then does so unless asked not to.
  bool refines = false;
  /// Offspring refined each time.
  std::size_t refine_count = RefinementOptions{}.count;
};

/// "uniform", "latin-hypercube" or "sobol".
std::string sampling_name(SamplingMethod method);
/// Throws UsageError.
SamplingMethod sampling_method(const std::string& name);

/// Throws UsageError.
ArchiveOptions::Kind archive_kind(const std::string& name);

/// Generations until `budget` runs out, empty where neither generations nor evaluations are limited.
std::optional<std::uint64_t> planned_generations(const Budget& budget, std::size_t population);

/// An excursion of so large a share of a run with that budget.
ExcursionOptions excursion_within(const Budget& budget, double share);

/// Typed values over recommended ones over the general defaults. Throws UsageError.
RunSettings resolve(const RunRequest& request, const RecommendedSettings& recommended);

}  // namespace millrace::cli
