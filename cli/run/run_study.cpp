#include "cli/run/run_study.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/cases/case_family.hpp"
#include "cli/exact/certificate_files.hpp"
#include "cli/exact/exact_front.hpp"
#include "cli/exact/exact_method.hpp"
#include "cli/run/memory_need.hpp"
#include "cli/run/progress_line.hpp"
#include "cli/run/result_table.hpp"
#include "cli/run/run_results.hpp"
#include "cli/run/run_trace.hpp"
#include "cli/run/seed_anchors.hpp"
#include "cli/run/seed_count.hpp"
#include "cli/run/study_folder.hpp"
#include "engine/run/checkpoint.hpp"
#include "engine/run/digest.hpp"
#include "engine/run/result_files.hpp"
#include "engine/run/run_archive.hpp"

namespace millrace::cli {
namespace {

std::atomic<bool> interrupted = false;

/// Ctrl-C once: finish the generation, save and stop. Twice: the shell's usual end.
extern "C" void on_interrupt(int signal) {
  interrupted.store(true, std::memory_order_relaxed);
  std::signal(signal, SIG_DFL);
}

void listen_for_interrupts() {
  interrupted = false;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

ProgressStyle progress_style(const Execution& execution) {
  if (execution.json) return ProgressStyle::json;
  if (execution.quiet) return ProgressStyle::none;
  return ::isatty(STDERR_FILENO) != 0 ? ProgressStyle::line : ProgressStyle::log;
}

void announce(const Execution& execution, const std::string& text) {
  if (!execution.quiet && !execution.json) fmt::print(stderr, "{}\n", text);
}

void emit(const nlohmann::json& event) {
  fmt::print("{}\n", event.dump());
  std::fflush(stdout);
}

void check_objectives(const std::string& algorithm, const ProblemSpec& spec) {
  const std::size_t most = find_algorithm(algorithm)->most_objectives;
  if (spec.objectives.size() > most)
    throw UsageError(fmt::format("--algorithm: {} takes at most {} objective{}, {} has {}; nsga3 takes any number",
                                 algorithm, most, most == 1 ? "" : "s", spec.name, spec.objectives.size()));
}

/// One sentence where the epsilons of the algorithm do not fit the objectives, else empty.
std::string borg_epsilon_error(const std::vector<double>& epsilons, std::size_t objectives) {
  return ArchiveOptions{.epsilons = epsilons}.error(objectives);
}

/// Everything that can be refused is refused here, before the first file.
void check(const RunSettings& settings, const Study& study, const Execution& execution,
           const std::filesystem::path& folder) {
  check_memory(settings, study);
  for (const StudyMember& member : study.members) {
    const std::size_t variables = member.problem.spec().bounds.variables();
    if (const auto error = sampling_error(settings.method.sampling, variables); !error.empty())
      throw UsageError("--sampling: " + error);
    if (!settings.directions) check_objectives(settings.algorithm, member.problem.spec());
  }
  if (settings.directions) require_linear_programs("--method exact", study);
  if (settings.certify) require_linear_programs("--certify", study);
  if (settings.polish) require_linear_programs("--polish", study);
  if (settings.seed_anchors) require_linear_programs("--seed-anchors", study);
  for (const StudyMember& member : study.members)
    if (const auto error = settings.archive.error(member.problem.spec().objectives.size()); !error.empty())
      throw UsageError("--epsilon: " + error);
  for (const StudyMember& member : study.members)
    if (const auto error = borg_epsilon_error(settings.method.own.epsilons, member.problem.spec().objectives.size());
        !error.empty())
      throw UsageError("--epsilon: " + error);
  check_folder(folder, study_digest(settings, study), execution.force);
}

/// The known designs of a file that each member starts with; none where there is no file. Throws UsageError.
std::vector<SeedDesigns> seeds_of(const RunSettings& settings, const Study& study) {
  std::vector<SeedDesigns> seeds;
  for (const StudyMember& member : study.members)
    if (settings.seeds)
      seeds.push_back(seed_designs(*settings.seeds, member.problem.spec(), settings.method.population,
                                   seeds_are_known(settings, member)));
  return seeds;
}

/// Keeps a copy of the seeds, for runs that continue when the file is gone or another.
void keep_seeds(const RunSettings& settings, const std::filesystem::path& folder) {
  std::error_code ignored;
  if (settings.seeds) write_file(folder / kSeedCopy, settings.seeds->text);
  else std::filesystem::remove(folder / kSeedCopy, ignored);
}

/// Keeps manifest.json of a study up to date while its runs are worked on.
class ManifestFile {
 public:
  ManifestFile(const RunSettings& settings, const Study& study, const std::filesystem::path& folder,
               std::size_t threads)
      : settings_(settings), study_(study), folder_(folder), threads_(threads),
        before_(times_so_far(folder, study_digest(settings, study))), start_(Clock::now()) {}

  void write(const char* status) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const RunTimes times = {before_.started, before_.wall_seconds + seconds};
    write_file(folder_ / "manifest.json", manifest(settings_, study_, threads_, times, status).dump(2) + "\n");
  }

 private:
  using Clock = std::chrono::steady_clock;
  const RunSettings& settings_;
  const Study& study_;
  const std::filesystem::path& folder_;
  std::size_t threads_;
  RunTimes before_;
  Clock::time_point start_;
};

struct Outcome {
  bool whole() const { return reason != StopReason::interrupted && reason != StopReason::failures; }

  StopReason reason;
  nlohmann::json summary;
};

/// One run of a study.
struct Assignment {
  std::string label() const { return member.scenario.empty() ? member.problem.spec().name : member.scenario; }

  const StudyMember& member;
  /// Null where there are none.
  const SeedDesigns* seeds;
  std::filesystem::path folder;
  /// Whether the front is all of the archive, which is then not kept apart.
  bool archive_as_front = false;
  /// Null where nobody asked for it.
  const ExactFront* exact = nullptr;
};

TraceOptions trace_options(const RunSettings& settings, const Assignment& work) {
  TraceOptions options = {.at = trace_points_of(settings)};
  if (work.exact == nullptr) return options;
  options.box = work.exact->box;
  options.exact_hypervolume = work.exact->share.value;
  return options;
}

/// Everything that it consists of, but its observers.
struct MemberRun {
  MemberRun(const RunSettings& settings, const Assignment& work, bool profiled, Workers& threads)
      : workers(threads), spec(work.member.problem.spec()), seeds(work.seeds),
        profile(profiled ? std::make_unique<Profile>() : nullptr), evaluator(work.member.problem, workers),
        algorithm(find_algorithm(settings.algorithm)
                      ->make({spec, settings.seed, workers, profile.get(), seeds ? &seeds->designs.x : nullptr},
                             settings.method)),
        hypervolume(spec, settings.budget.stagnation_tolerance),
        archive(settings.archive.needed() ? std::make_unique<RunArchive>(spec.shape(), settings.archive, workers)
                                          : nullptr),
        refinement(settings.refinement ? std::make_unique<RefinementStep>(work.member.problem, *settings.refinement,
                                                                          settings.seed, workers)
                                       : nullptr) {}

  Run parts(std::span<Observer* const> observers) {
    const Population* known = seeds != nullptr && seeds->known ? &seeds->designs : nullptr;
    return {algorithm,     evaluator,     workers, hypervolume,     observers,
            profile.get(), archive.get(), known,   refinement.get()};
  }

  Workers& workers;
  const ProblemSpec& spec;
  const SeedDesigns* seeds;
  std::unique_ptr<Profile> profile;
  Evaluator evaluator;
  AnyAlgorithm algorithm;
  HypervolumeMonitor hypervolume;
  std::unique_ptr<RunArchive> archive;
  std::unique_ptr<RefinementStep> refinement;
};

std::string name_of_seeds(const RunSettings& settings) {
  return settings.seeds ? "designs of " + settings.seeds->name : "exact solutions of the best of each objective";
}

/// What is told before the first generation, where there are seeds.
void announce_seeds(const Execution& execution, const RunSettings& settings, const Assignment& work) {
  if (work.seeds == nullptr) return;
  const std::size_t taken = work.seeds->designs.size();
  announce(execution, fmt::format("{}: starts with {}{} {}{}", work.label(), taken,
                                  work.seeds->rows > taken ? fmt::format(" of the {}", work.seeds->rows) : "",
                                  name_of_seeds(settings), work.seeds->known ? ", whose results are known" : ""));
}

/// Which run a summary is of.
void add_address(nlohmann::json& summary, const RunSettings& settings, const StudyMember& member) {
  summary["digest"] = run_digest(settings, member);
  summary["problem_digest"] = problem_digest(member);
  summary["scenario"] = member.scenario;
}

/// Points of the exact front in place of a run.
Outcome solve_front(const RunSettings& settings, const Assignment& work, Workers& workers) {
  if (interrupted.load(std::memory_order_relaxed)) return {StopReason::interrupted, nlohmann::json::object()};
  std::filesystem::create_directories(work.folder);
  remove_results(work.folder);
  nlohmann::json json = solve_exactly(settings, work.member, work.folder, workers);
  add_address(json, settings, work.member);
  write_file(work.folder / "summary.json", json.dump(2) + "\n");
  return {StopReason::generations, std::move(json)};
}

/// One run from its checkpoint, or from the start, to its end.
Outcome solve(const RunSettings& settings, const Assignment& work, const Execution& execution, Workers& workers) {
  if (settings.directions) return solve_front(settings, work, workers);
  std::filesystem::create_directories(work.folder);
  CheckpointFile file(work.folder / "checkpoint.bin", run_digest(settings, work.member));
  remove_results(work.folder);
  MemberRun whole(settings, work, execution.profile, workers);
  Trace trace(whole.spec, trace_options(settings, work), workers);
  CheckpointObserver checkpoint(file);
  ProgressLine line(work.label(), settings.budget, progress_style(execution), workers);
  Observer* const observers[] = {&trace, &checkpoint, &line};
  const Run parts = whole.parts(observers);
  Progress progress;
  if (!execution.force && load_checkpoint(file, parts, progress))
    announce(execution, fmt::format("{}: continues after generation {}", work.label(), progress.generation));
  else announce_seeds(execution, settings, work);
  const std::uint64_t before = progress.generation;
  const StopReason reason = run(parts, {settings.budget, &interrupted}, progress);
  line.clear();
  RunSummary summary = summarise(whole.algorithm, whole.evaluator, workers, progress, reason);
  if (work.archive_as_front) show_archive(*whole.archive, whole.spec, workers, summary);
  nlohmann::json json = nlohmann::json::parse(summary_json(whole.spec, summary));
  add_address(json, settings, work.member);
  if (whole.refinement) json["refinement"] = refinement_json(whole.refinement->count());
  if (whole.profile) json["profile"] = profile_json(*whole.profile, progress.generation - before);
  if (!Outcome{reason, {}}.whole()) return {reason, json};
  if (work.seeds != nullptr)
    json["seeds"] = seeds_json(work.member, *work.seeds, name_of_seeds(settings), summary.front, summary.box, workers);
  trace.finish({progress, whole.algorithm, whole.evaluator, whole.hypervolume, whole.archive.get()});
  const RunArchive* apart = work.archive_as_front ? nullptr : whole.archive.get();
  write_results(work.folder, work.member, summary.front, trace, apart, workers, json);
  file.remove();
  return {reason, json};
}

/// A run, unless `known` is its summary, and then what was asked for beside it.
Outcome complete(const RunSettings& settings, Assignment work, const std::optional<nlohmann::json>& known,
                 const Execution& execution, Workers& workers) {
  std::optional<SeedDesigns> anchors;
  if (settings.seed_anchors && !known)
    work.seeds = &anchors.emplace(anchor_designs(work.member, settings.method.population));
  std::optional<ExactFront> exact;
  if (settings.certify || settings.polish) work.exact = &exact.emplace(exact_front(work.member, workers));
  Outcome outcome = known ? Outcome{StopReason::generations, *known} : solve(settings, work, execution, workers);
  if (exact && outcome.whole()) add_certificates(settings, work.member, *exact, work.folder, workers, outcome.summary);
  return outcome;
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
  const std::string path = std::filesystem::absolute(folder).string();
  nlohmann::json event = {{"event", "stopped"}, {"folder", path}};
  std::string after;
  if (outcome.summary.contains("generations")) {
    event["generations"] = outcome.summary.at("generations");
    after = fmt::format(" after generation {}", event["generations"].get<std::uint64_t>());
  }
  if (execution.json) emit(event);
  else fmt::print(stderr, "stopped{}; continue with: millrace resume {}\n", after, path);
  return kStopped;
}

}  // namespace

ExitCode run_study(const RunSettings& settings, const Study& study, const Execution& execution) {
  const std::filesystem::path folder = execution.output.empty() ? default_folder(settings, study) : execution.output;
  const std::vector<SeedDesigns> seeds = seeds_of(settings, study);
  check(settings, study, execution, folder);
  Workers workers(execution.threads);
  listen_for_interrupts();
  std::filesystem::create_directories(folder);
  const ManifestFile manifest_file(settings, study, folder, workers.threads());
  std::vector<nlohmann::json> summaries;
  bool found_all = true;
  for (std::size_t i = 0; i < study.members.size(); ++i) {
    const StudyMember& member = study.members[i];
    const std::filesystem::path own = member_folder(folder, study, member);
    const auto known = execution.force ? std::nullopt : finished_summary(own, run_digest(settings, member));
    if (known && !lacks_certificates(settings, *known, own)) {
      if (execution.json) emit({{"event", "run"}, {"found", true}, {"summary", *known}});
      summaries.push_back(*known);
      continue;
    }
    if (found_all) keep_seeds(settings, folder);
    if (found_all) manifest_file.write("running");
    found_all = false;
    const Assignment work = {member, seeds.empty() ? nullptr : &seeds[i], own, front_is_archive(settings, study)};
    Outcome outcome = complete(settings, work, known, execution, workers);
    if (!outcome.whole()) {
      manifest_file.write("stopped");
      return stopped(outcome, execution, folder);
    }
    if (execution.json) emit({{"event", "run"}, {"found", known.has_value()}, {"summary", outcome.summary}});
    summaries.push_back(std::move(outcome.summary));
  }
  if (found_all) announce(execution, "found finished; not run again (--force runs it again)");
  else manifest_file.write("finished");
  const std::filesystem::path shown = std::filesystem::absolute(folder);
  if (study.family != nullptr && study.family->finish != nullptr)
    study.family->finish({settings, study, summaries, folder, execution, !found_all});
  if (execution.json) emit({{"event", "finished"}, {"folder", shown.string()}});
  else print_results(settings, study, summaries, shown);
  if (execution.profile && !execution.json) print_profiles(summaries);
  return kDone;
}

}  // namespace millrace::cli
