#include "engine/run/loop.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace millrace {
namespace {

using Clock = std::chrono::steady_clock;

std::optional<StopReason> stop_reason(const Run& run, const RunOptions& options, const Progress& progress) {
  const Budget& budget = options.budget;
  const EvaluationCount& count = run.evaluator.count();
  const auto failed = static_cast<double>(count.failed);
  if (failed > budget.failed_share * static_cast<double>(count.evaluations)) return StopReason::failures;
  if (budget.target_hypervolume && run.hypervolume.current() >= *budget.target_hypervolume) return StopReason::target;
  if (budget.generations && progress.generation >= *budget.generations) return StopReason::generations;
  if (budget.evaluations && count.evaluations >= *budget.evaluations) return StopReason::evaluations;
  if (budget.stagnation && run.hypervolume.generations_without_gain(progress.generation) >= *budget.stagnation)
    return StopReason::stagnation;
  if (budget.epsilon_stagnation && run.archive != nullptr &&
      run.archive->generations_without_progress(progress.generation) >= *budget.epsilon_stagnation)
    return StopReason::epsilon_stagnation;
  if (budget.seconds && progress.seconds >= *budget.seconds) return StopReason::seconds;
  if (options.interrupt != nullptr && options.interrupt->load(std::memory_order_relaxed))
    return StopReason::interrupted;
  return std::nullopt;
}

bool is_known(const Population& known, std::size_t i, const Population& pool, Slot slot) {
  const auto row = pool.x.row(slot);
  return i < known.size() && std::equal(row.begin(), row.end(), known.x.row(i).begin());
}

/// The first batch, less what is known of it.
void evaluate_unknown(const Run& run, const Batch& batch) {
  std::vector<Slot> unknown;
  for (std::size_t i = 0; i < batch.slots.size(); ++i) {
    if (is_known(*run.known, i, batch.pool, batch.slots[i]))
      copy_individual(*run.known, static_cast<Slot>(i), batch.pool, batch.slots[i]);
    else unknown.push_back(batch.slots[i]);
  }
  run.evaluator.evaluate(batch.pool, unknown);
}

}  // namespace

StopReason run(Run run, const RunOptions& options, Progress& progress) {
  const double seconds_before = progress.seconds;
  const Clock::time_point start = Clock::now();
  std::optional<StopReason> reason;
  if (run.profile != nullptr) run.profile->start();
  // A resumed run may already have reached its limit when it was cut off.
  if (progress.generation > 0) reason = stop_reason(run, options, progress);
  while (!reason) {
    const Batch offspring = run.algorithm.ask();
    if (run.refinement != nullptr) run.refinement->apply(run.algorithm, offspring, progress.generation);
    if (run.known != nullptr && progress.generation == 0) evaluate_unknown(run, offspring);
    else run.evaluator.evaluate(offspring.pool, offspring.slots);
    lap(run.profile, ProfileStage::evaluation);
    if (run.archive != nullptr) run.archive->insert(offspring.pool, offspring.slots, progress.generation + 1);
    lap(run.profile, ProfileStage::observation);
    run.algorithm.tell();
    ++progress.generation;
    progress.seconds = seconds_before + std::chrono::duration<double>(Clock::now() - start).count();
    if (options.budget.needs_hypervolume())
      run.hypervolume.observe(run.algorithm.pool(), run.algorithm.survivors(), progress.generation, run.workers);
    for (Observer* observer : run.observers)
      observer->after_generation(
          {progress, run.algorithm, run.evaluator, run.hypervolume, run.archive, run.refinement, run.observers});
    reason = stop_reason(run, options, progress);
    lap(run.profile, ProfileStage::observation);
  }
  return *reason;
}

}  // namespace millrace
