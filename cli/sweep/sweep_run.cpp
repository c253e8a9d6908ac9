#include "cli/sweep/sweep_run.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <utility>

#include "cli/run/settings_json.hpp"
#include "engine/data/simd_target.hpp"
#include "engine/indicator/distance.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/loop.hpp"
#include "engine/run/refinement_step.hpp"
#include "engine/run/run_archive.hpp"
#include "engine/run/trace.hpp"

namespace millrace::cli {
namespace {

Columns shares_of_box(const Columns& f, const ReferenceBox& box) {
  Columns shares(f.rows(), f.columns());
  for (std::size_t k = 0; k < f.columns(); ++k)
    for (std::size_t i = 0; i < f.rows(); ++i) shares(i, k) = (f(i, k) - box.ideal[k]) / (box.nadir[k] - box.ideal[k]);
  return shares;
}

/// Where the budget of a run ends, or 0.
std::uint64_t evaluations_of(const RunSettings& run) {
  return run.method.planned_generations.value_or(0) * run.method.population;
}

/// Everything that one run consists of.
struct RunParts {
  RunParts(const SweepPlan& plan, const SweepMeasure& measure, const PlannedSetting& setting, std::uint64_t seed,
           Workers& threads)
      : settings(setting.run), workers(threads), problem(plan.problems[setting.problem].member.problem),
        spec(problem.spec()), evaluator(problem, workers),
        algorithm(find_algorithm(settings.algorithm)->make({spec, seed, workers}, settings.method)),
        hypervolume(spec, settings.budget.stagnation_tolerance) {
    if (settings.refinement) refinement.emplace(problem, *settings.refinement, seed, workers);
    if (plan.file.epsilon_progress) archive.emplace(spec.shape(), ArchiveOptions{.progress = true}, workers);
    if (plan.file.trace_points == 0) return;
    const auto at = trace_schedule(evaluations_of(settings), settings.method.population, plan.file.trace_points);
    trace.emplace(spec, TraceOptions{.at = at, .box = measure.box, .reference_front = measure.front}, workers);
    observers.push_back(&*trace);
  }
  RunParts(const RunParts&) = delete;
  RunParts& operator=(const RunParts&) = delete;

  RunArchive* archive_or_null() { return archive ? &*archive : nullptr; }

  const RunSettings& settings;
  Workers& workers;
  const AnyProblem& problem;
  const ProblemSpec& spec;
  Evaluator evaluator;
  AnyAlgorithm algorithm;
  HypervolumeMonitor hypervolume;
  std::optional<RunArchive> archive;
  std::optional<RefinementStep> refinement;
  std::optional<Trace> trace;
  std::vector<Observer*> observers;
  Progress progress;
};

StoredTrace stored(const std::vector<TracePoint>& points, const StudyFile& file) {
  StoredTrace trace{{"evaluations", "generation", "feasible_share", "hypervolume"}, {}};
  if (file.igd_plus) trace.names.emplace_back("igd_plus");
  if (file.epsilon_progress) trace.names.emplace_back("epsilon_progress");
  trace.names.emplace_back("seconds");
  for (const TracePoint& p : points) {
    trace.values.insert(trace.values.end(), {static_cast<double>(p.evaluations), static_cast<double>(p.generation),
                                             p.feasible_share, p.hypervolume});
    if (file.igd_plus) trace.values.push_back(p.igd_plus);
    if (file.epsilon_progress) trace.values.push_back(p.epsilon_progress);
    trace.values.push_back(p.seconds);
  }
  return trace;
}

double feasible_share(const Population& pool, std::span<const Slot> survivors) {
  const auto feasible = std::count_if(survivors.begin(), survivors.end(), [&](Slot i) { return pool.feasible(i); });
  return survivors.empty() ? 0.0 : static_cast<double>(feasible) / static_cast<double>(survivors.size());
}

/// The front, its indicators and the trace.
void measure_result(RunParts& parts, const StudyFile& file, const SweepMeasure& measure, StoredRun& run) {
  const Population& pool = parts.algorithm.pool();
  const auto survivors = parts.algorithm.survivors();
  Population front = final_front(pool, survivors);
  if (front.size() > 0 && !front.feasible(0)) front = Population(0, parts.spec.shape());
  run.indicators.emplace_back("feasible_share", feasible_share(pool, survivors));
  if (!measure.box.empty()) {
    run.indicators.emplace_back("hypervolume", normalised_hypervolume(front.f, measure.box, parts.workers));
    if (file.igd_plus)
      run.indicators.emplace_back("igd_plus",
                                  igd_plus(shares_of_box(front.f, measure.box), measure.scaled_front, parts.workers));
  }
  if (parts.archive) run.indicators.emplace_back("epsilon_progress", static_cast<double>(parts.archive->progress()));
  std::sort(run.indicators.begin(), run.indicators.end());
  if (parts.trace) {
    parts.trace->finish({.progress = parts.progress,
                         .algorithm = parts.algorithm,
                         .evaluator = parts.evaluator,
                         .hypervolume = parts.hypervolume,
                         .archive = parts.archive_or_null(),
                         .refinement = parts.refinement ? &*parts.refinement : nullptr});
    run.trace = stored(parts.trace->points(), file);
  }
  run.front_size = front.size();
  run.objectives = std::move(front.f);
  if (file.keep_decisions) run.decisions = std::move(front.x);
}

std::string failure_of(const Evaluator& evaluator) {
  const std::string& first = evaluator.first_failure();
  return fmt::format("{} of {} evaluations failed{}", evaluator.count().failed, evaluator.count().evaluations,
                     first.empty() ? " (results that are not finite)" : "; the first said: " + first);
}

StoredRun described(const SweepPlan& plan, const SweepOrder& order, const std::string& machine) {
  const PlannedSetting& setting = plan.settings[order.setting];
  StoredRun run;
  run.digest = order.digest;
  run.problem = plan.problems[setting.problem].digest;
  run.algorithm = setting.run.algorithm;
  run.seed = order.seed;
  run.settings = setting.values;
  nlohmann::json options = to_json(setting.run);
  options["seed"] = order.seed;
  // Where a case file lies is no part of a run, and differs between machines.
  options["problem"] = std::filesystem::path(setting.run.problem).filename().string();
  run.options = options.dump();
  run.machine = machine;
  run.trace_points = plan.file.trace_points;
  return run;
}

/// False where it was abandoned.
bool carry_out(const SweepPlan& plan, const SweepMeasure& measure, const SweepOrder& order, Workers& workers,
               const std::atomic<bool>* abandon, StoredRun& stored_run) {
  RunParts parts(plan, measure, plan.settings[order.setting], order.seed, workers);
  const Run whole = {.algorithm = parts.algorithm,
                     .evaluator = parts.evaluator,
                     .workers = workers,
                     .hypervolume = parts.hypervolume,
                     .observers = parts.observers,
                     .archive = parts.archive_or_null(),
                     .refinement = parts.refinement ? &*parts.refinement : nullptr};
  const StopReason reason = millrace::run(whole, {parts.settings.budget, abandon}, parts.progress);
  if (reason == StopReason::interrupted) return false;
  stored_run.generations = parts.progress.generation;
  stored_run.evaluations = parts.evaluator.count().evaluations;
  stored_run.failed_evaluations = parts.evaluator.count().failed;
  stored_run.seconds = parts.progress.seconds;
  stored_run.reason = std::string(name_of(reason));
  if (reason == StopReason::failures) {
    stored_run.status = RunStatus::failed;
    stored_run.reason = failure_of(parts.evaluator);
  } else {
    measure_result(parts, plan.file, measure, stored_run);
  }
  return true;
}

}  // namespace

SweepMeasure::SweepMeasure(const StoredReference& reference) : front(reference.front) {
  if (!reference.ideal.empty()) box = {reference.ideal, reference.nadir, true};
  if (!box.empty() && front.rows() > 0) scaled_front = shares_of_box(front, box);
}

std::string machine_json() {
  utsname system = {};
  ::uname(&system);
  return nlohmann::json{{"millrace", MILLRACE_VERSION},
                        {"numerics", kNumericsVersion},
                        {"simd", simd_target()},
                        {"compiler", __VERSION__},
                        {"host", system.nodename},
                        {"system", fmt::format("{} {} {}", system.sysname, system.release, system.machine)},
                        {"cores", Workers(0).threads()}}
      .dump();
}

std::optional<StoredRun> make_run(const SweepPlan& plan, const SweepMeasure& measure, const SweepOrder& order,
                                  const std::string& machine, Workers& workers, const std::atomic<bool>* abandon) {
  StoredRun run = described(plan, order, machine);
  const auto failed = [&](const char* reason) {
    run.status = RunStatus::failed;
    run.reason = reason;
    run.indicators.clear();
    run.trace = {};
    run.front_size = 0;
    run.objectives = {};
    run.decisions = {};
  };
  try {
    if (!carry_out(plan, measure, order, workers, abandon, run)) return std::nullopt;
  } catch (const std::bad_alloc&) {
    failed("not enough memory");
  } catch (const std::exception& error) {
    failed(error.what());
  }
  return run;
}

}  // namespace millrace::cli
