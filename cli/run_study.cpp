#include "cli/run_study.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/progress_line.hpp"
#include "cli/result_table.hpp"
#include "cli/study_folder.hpp"
#include "engine/run/checkpoint.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

std::atomic<bool> interrupted = false;

/// Ctrl-C once: finish the generation, save and stop. Twice: the shell's usual end.
extern "C" void on_interrupt(int signal) {
  interrupted.store(true, std::memory_order_relaxed);
  std::signal(signal, SIG_DFL);
}

ProgressStyle progress_style(const Execution& execution) {
  if (execution.json) return ProgressStyle::json;
  if (execution.quiet) return ProgressStyle::none;
  return ::isatty(STDERR_FILENO) != 0 ? ProgressStyle::line : ProgressStyle::log;
}

void announce(const Execution& execution, const std::string& text) {
  if (!execution.quiet && !execution.json) fmt::print(stderr, "{}\n", text);
}

struct Outcome {
  StopReason reason;
  nlohmann::json summary;
};

/// One run from its checkpoint, or from the start, to its end.
Outcome solve(const RunSettings& settings, const StudyMember& member, const Execution& execution,
              const std::filesystem::path& folder, Workers& workers) {
  const std::string digest = run_digest(settings, member);
  const std::string label = member.scenario.empty() ? member.problem.spec().name : member.scenario;
  const ProblemSpec& spec = member.problem.spec();
  std::filesystem::create_directories(folder);
  CheckpointFile file(folder / "checkpoint.bin", digest);
  Evaluator evaluator(member.problem, workers);
  AnyAlgorithm algorithm =
      find_algorithm(settings.algorithm)->make({spec, settings.seed, workers}, settings.method);
  HypervolumeMonitor hypervolume(spec, settings.budget.stagnation_tolerance);
  CheckpointObserver checkpoint(file);
  ProgressLine line(label, settings.budget, progress_style(execution), workers);
  Observer* const observers[] = {&checkpoint, &line};
  const Run parts{algorithm, evaluator, workers, hypervolume, observers};
  Progress progress;
  if (!execution.force && load_checkpoint(file, parts, progress))
    announce(execution, fmt::format("{}: continues after generation {}", label, progress.generation));
  const StopReason reason = run(parts, {settings.budget, &interrupted}, progress);
  line.clear();
  const RunSummary summary = summarise(algorithm, evaluator, workers, progress, reason);
  nlohmann::json json = nlohmann::json::parse(summary_json(spec, summary));
  json["digest"] = digest;
  json["scenario"] = member.scenario;
  if (reason == StopReason::interrupted || reason == StopReason::failures) return {reason, json};
  write_file(folder / "front.csv", front_csv(spec, summary.front));
  write_file(folder / "summary.json", json.dump(2) + "\n");
  file.remove();
  return {reason, json};
}

ExitCode stopped(const Outcome& outcome, const Execution& execution, const std::filesystem::path& folder) {
  if (outcome.reason == StopReason::failures) {
    const std::string first = outcome.summary.at("first_failure");
    fmt::print(stderr, "millrace: stopped: {} of {} evaluations failed{}\n",
               outcome.summary.at("failed_evaluations").get<std::uint64_t>(),
               outcome.summary.at("evaluations").get<std::uint64_t>(),
               first.empty() ? " (results that are not finite)" : "; the first said: " + first);
    return kEvaluatorFailed;
  }
  announce(execution, fmt::format("stopped after generation {}; continue with: millrace resume {}",
                                  outcome.summary.at("generations").get<std::uint64_t>(), folder.string()));
  return kStopped;
}

}  // namespace

ExitCode run_study(const RunSettings& settings, const Study& study, const Execution& execution) {
  const std::filesystem::path folder =
      execution.output.empty() ? default_folder(settings, study) : execution.output;
  check_folder(folder, study_digest(settings, study), execution.force);
  Workers workers(execution.threads);
  interrupted = false;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::filesystem::create_directories(folder);
  const std::string started = timestamp();
  const auto write_manifest = [&](const char* status) {
    write_file(folder / "manifest.json", manifest(settings, study, workers.threads(), started, status).dump(2) + "\n");
  };
  std::vector<nlohmann::json> summaries;
  bool found_all = true;
  for (const StudyMember& member : study.members) {
    const std::filesystem::path own = member_folder(folder, study, member);
    if (const auto known = finished_summary(own, run_digest(settings, member)); known && !execution.force) {
      summaries.push_back(*known);
      continue;
    }
    if (found_all) write_manifest("running");
    found_all = false;
    Outcome outcome = solve(settings, member, execution, own, workers);
    if (execution.json) fmt::print("{}\n", nlohmann::json({{"event", "run"}, {"summary", outcome.summary}}).dump());
    if (outcome.reason == StopReason::interrupted || outcome.reason == StopReason::failures) {
      write_manifest("stopped");
      return stopped(outcome, execution, folder);
    }
    summaries.push_back(std::move(outcome.summary));
  }
  if (found_all) announce(execution, "found finished; not run again (--force runs it again)");
  else write_manifest("finished");
  if (execution.json)
    fmt::print("{}\n", nlohmann::json({{"event", "finished"}, {"folder", folder.string()}}).dump());
  else
    print_results(settings, study, summaries, std::filesystem::absolute(folder));
  return kDone;
}

}  // namespace millrace::cli
