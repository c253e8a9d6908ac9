#pragma once

#include <limits>
#include <string>

#include "engine/store/store.hpp"

namespace millrace::testing {

inline StoredProblem sample_problem(const std::string& digest = "problem-a") {
  StoredProblem problem{digest, "pingliang", "2030", {}, {"x1", "x2"}, {"case", {0.0, -1.0}, {1.0, 0.5}, {}}};
  problem.objectives = {{"shortage", "m³", false}, {"benefit", "CNY", true}};
  return problem;
}

/// A run that uses everything a store keeps; `number` makes it another one.
inline StoredRun sample_run(int number, const std::string& problem = "problem-a") {
  StoredRun run;
  run.digest = "run-" + std::to_string(number);
  run.problem = problem;
  run.algorithm = number % 2 == 0 ? "nsga2" : "nsga3";
  run.seed = static_cast<std::uint64_t>(number);
  run.reason = "generations";
  run.settings = {{"crossover", std::string("sbx")}, {"crossover-eta", 0.1 + number}, {"population", 100.0}};
  run.options = "{\"seed\":" + std::to_string(number) + "}";
  run.machine = "{\"host\":\"here\"}";
  run.generations = 200;
  run.evaluations = 20'000;
  run.failed_evaluations = 3;
  run.trace_points = 2;
  run.seconds = 0.012;
  run.indicators = {{"hypervolume", 1.0 / (number + 3.0)}, {"igd_plus", std::numeric_limits<double>::quiet_NaN()}};
  run.trace = {{"evaluations", "hypervolume"}, {100.0, 0.1, 20'000.0, std::numeric_limits<double>::quiet_NaN()}};
  run.front_size = 3;
  run.objectives = Columns(3, 2);
  run.decisions = DecisionRows(3, 2);
  for (std::size_t i = 0; i < 3; ++i) {
    run.objectives(i, 0) = static_cast<double>(i) / 3.0;
    run.objectives(i, 1) = -static_cast<double>(number) / static_cast<double>(i + 1);
    run.decisions.row(i)[0] = 0.1 * static_cast<double>(i);
    run.decisions.row(i)[1] = -0.0;
  }
  return run;
}

/// Every bit of what a store gives back, as text.
inline std::string all_of(const Store& store) {
  std::string text;
  const auto bits = [&](double value) { text += std::to_string(__builtin_bit_cast(std::uint64_t, value)) + " "; };
  store.for_each_run({.traces = true, .fronts = true}, [&](const StoredRun& run) {
    text += run.digest + run.problem + run.algorithm + std::to_string(run.seed) + std::string(name_of(run.status)) +
            run.reason + run.options + run.machine + std::to_string(run.generations) + std::to_string(run.evaluations) +
            std::to_string(run.failed_evaluations) + std::to_string(run.trace_points);
    bits(run.seconds);
    for (const auto& [name, value] : run.settings) text += name + "=" + text_of(value) + " ";
    for (const auto& [name, value] : run.indicators)
      text += name + (value != value ? "?" : "=" + std::to_string(value));
    for (const std::string& name : run.trace.names) text += name + " ";
    for (const double value : run.trace.values) bits(value);
    for (std::size_t i = 0; i < run.objectives.rows(); ++i)
      for (std::size_t k = 0; k < run.objectives.columns(); ++k) bits(run.objectives(i, k));
    for (std::size_t i = 0; i < run.decisions.rows(); ++i)
      for (const double value : run.decisions.row(i)) bits(value);
    text += "\n";
  });
  return text;
}

}  // namespace millrace::testing
