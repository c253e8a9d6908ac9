#include "cli/dispatch/evolve_controllers.hpp"

#include "engine/algorithm/catalogue.hpp"
#include "engine/run/front.hpp"
#include "engine/run/loop.hpp"

namespace millrace::cli {

Evolved evolve(const AnyProblem& problem, const Evolution& evolution, Workers& workers, const DecisionRows* starts) {
  AlgorithmSettings settings{.population = evolution.population};
  settings.planned_generations = evolution.generations;
  settings.variation.sbx.eta = evolution.crossover_eta;
  settings.variation.mutation.eta = evolution.mutation_eta;
  if (evolution.differential) settings.variation.crossover = VariationOptions::Crossover::differential;
  Evaluator evaluator(problem, workers);
  const ProblemSpec& spec = problem.spec();
  AnyAlgorithm algorithm =
      find_algorithm(evolution.algorithm)->make({spec, evolution.seed, workers, nullptr, starts}, settings);
  HypervolumeMonitor monitor(spec, 0.0);
  Progress progress;
  run({algorithm, evaluator, workers, monitor, {}}, {.budget = {.generations = evolution.generations}}, progress);
  return {final_front(algorithm.pool(), algorithm.survivors()), evaluator.count().evaluations, progress.seconds};
}

}  // namespace millrace::cli
