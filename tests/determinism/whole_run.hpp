#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/algorithm/catalogue.hpp"
#include "engine/run/loop.hpp"

namespace millrace::testing {

/// One run with everything that it refers to, as a program holds it.
struct WholeRun {
  struct Setting {
    AlgorithmSettings method = {};
    std::uint64_t seed = 7;
    std::size_t threads = 1;
    double tolerance = 1e-4;
  };

  WholeRun(AnyProblem problem, const AlgorithmEntry& entry, const Setting& setting)
      : workers(setting.threads), evaluator(std::move(problem), workers),
        algorithm(entry.make({spec(), setting.seed, workers}, setting.method)), hypervolume(spec(), setting.tolerance) {
  }

  const ProblemSpec& spec() const { return evaluator.problem().spec(); }
  Run parts(std::span<Observer* const> observers = {}) {
    return {algorithm, evaluator, workers, hypervolume, observers};
  }
  StopReason run(const RunOptions& options, std::span<Observer* const> observers = {}) {
    return millrace::run(parts(observers), options, progress);
  }
  StopReason run_generations(std::uint64_t generations, std::span<Observer* const> observers = {}) {
    RunOptions options;
    options.budget.generations = generations;
    return run(options, observers);
  }
  /// Every bit that the next generation depends on: slots, X, F, G, violations and the algorithm's own state.
  std::vector<std::byte> state() const {
    std::vector<std::byte> bytes;
    StateWriter writer(bytes);
    algorithm.save(writer);
    return bytes;
  }

  Workers workers;
  Evaluator evaluator;
  AnyAlgorithm algorithm;
  HypervolumeMonitor hypervolume;
  Progress progress;
};

}  // namespace millrace::testing
