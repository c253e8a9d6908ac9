#include "cli/sweep/sweep.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "cli/run/memory_need.hpp"
#include "cli/sweep/side_by_side.hpp"
#include "cli/sweep/store_access.hpp"
#include "cli/sweep/sweep_progress.hpp"
#include "cli/sweep/sweep_queue.hpp"
#include "cli/sweep/sweep_reference.hpp"
#include "cli/sweep/sweep_run.hpp"
#include "engine/store/store.hpp"
#include "engine/store/store_lock.hpp"
#include "engine/store/store_writer.hpp"

namespace millrace::cli {
namespace {

/// Share of the free memory that runs may take together.
constexpr double kMemoryShare = 0.8;
/// What any run takes: code's work space, its results in the queue.
constexpr double kLeastBytes = 1e6;
/// Variables and objectives handled in a generation from which on threads inside a run pay.
constexpr double kLargeGeneration = 2e5;
/// So do they in a run that takes this long, whatever its size.
constexpr double kLongSeconds = 1.0;

std::atomic<bool> stop_asked = false;
std::atomic<bool> abandon_asked = false;

void say(std::string_view text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

/// Ctrl-C once: no new runs. Twice: those under way are left out. Thrice: the shell's usual end. A request to terminate
/// comes once and wants both.
extern "C" void on_stop(int signal) {
  if (stop_asked.load() || signal == SIGTERM) {
    abandon_asked.store(true);
    std::signal(signal, SIG_DFL);
  } else {
    say("\nstopping: runs under way are finished and saved; Ctrl-C again leaves them out\n");
  }
  stop_asked.store(true);
}

void catch_signals() {
  stop_asked = false;
  abandon_asked = false;
  std::signal(SIGINT, on_stop);
  std::signal(SIGTERM, on_stop);
}

ProgressStyle style_of(const SweepOptions& options) {
  if (options.json) return ProgressStyle::json;
  if (options.quiet) return ProgressStyle::none;
  return ::isatty(STDERR_FILENO) != 0 ? ProgressStyle::line : ProgressStyle::log;
}

void emit(const nlohmann::json& event) {
  fmt::print("{}\n", event.dump());
  std::fflush(stdout);
}

std::filesystem::path store_of(const SweepPlan& plan, const SweepOptions& options) {
  return options.store.empty() ? default_store(plan.file.path) : options.store;
}

/// The right to write, once whoever has it is done; nothing where somebody stops the waiting.
std::optional<StoreLock> lock_store(const std::filesystem::path& store, const SweepOptions& options) {
  for (bool told = false; !stop_asked; told = true) {
    if (std::optional<StoreLock> lock = StoreLock::try_acquire(store)) return lock;
    if (!told && options.json) emit({{"event", "waiting"}, {"store", store.string()}});
    if (!told && !options.json)
      fmt::print(stderr, "{}: another sweep writes into it; waiting for its end (Ctrl-C gives up)\n", store.string());
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return std::nullopt;
}

/// What the runs of each problem are measured with; the store knows it before the first run. Empty for problems without
/// anything to do.
std::vector<SweepMeasure> measures(const SweepPlan& plan, const SweepWork& work, Store& store, Workers& workers) {
  std::vector<SweepMeasure> result(plan.problems.size());
  std::set<std::size_t> needed;
  for (const SweepOrder& order : work.missing) needed.insert(plan.settings[order.setting].problem);
  for (const std::size_t problem : needed) {
    const StoredProblem stored = stored_problem(plan, problem, &store, workers);
    store.put(stored);
    result[problem] = SweepMeasure(stored.reference);
  }
  return result;
}

/// The runs of one sweep under way.
class SweepExecution {
 public:
  SweepExecution(const SweepPlan& plan, const SweepWork& work, std::vector<SweepMeasure> measures, Store& store,
                 Workers& workers, const SweepOptions& options)
      : plan_(plan), work_(work), measures_(std::move(measures)), workers_(workers), writer_(store),
        progress_(plan, work, style_of(options), [this] { return writer_.saved(); }),
        at_once_(options.at_once == 0 ? workers.threads() : options.at_once), seconds_(plan.problems.size()) {}

  /// Until all are made or somebody stops it. Throws what the store does.
  void run() {
    std::vector<SidePiece> pieces;
    for (const SweepOrder& order : work_.missing) pieces.push_back({bytes_of(order)});
    SideBySide side_by_side(workers_, at_once_, kMemoryShare * bytes_free());
    side_by_side.run(
        pieces, [this](std::size_t i) { make(work_.missing[i]); }, [] { return stop_asked.load(); });
    writer_.finish();
    reading_ = progress_.read();
    progress_.finish();
  }

  const SweepReading& reading() const { return reading_; }
  double writer_seconds() const { return writer_.processor_seconds(); }

 private:
  const ProblemSpec& spec_of(const SweepOrder& order) const {
    return plan_.problems[plan_.settings[order.setting].problem].member.problem.spec();
  }

  double bytes_of(const SweepOrder& order) const {
    return kLeastBytes + bytes_needed(spec_of(order).shape(), plan_.settings[order.setting].run.method.population);
  }

  /// Threads inside a run: one, unless its generations are worth more, it takes long, or too few runs are left to give
  /// every thread one.
  std::size_t threads_of(const SweepOrder& order) const {
    const Shape shape = spec_of(order).shape();
    const double generation = static_cast<double>(plan_.settings[order.setting].run.method.population) *
                              static_cast<double>(shape.variables + 8 * shape.objectives);
    const bool is_long = seconds_[plan_.settings[order.setting].problem].load() > kLongSeconds;
    const bool is_alone = at_once_ < workers_.threads() || work_.missing.size() < workers_.threads();
    return generation >= kLargeGeneration || is_long || is_alone ? workers_.threads() : 1;
  }

  void make(const SweepOrder& order) {
    const std::size_t problem = plan_.settings[order.setting].problem;
    Workers own(threads_of(order));
    std::optional<StoredRun> run = make_run(plan_, measures_[problem], order, machine_, own, &abandon_asked);
    if (!run) return;
    seconds_[problem].store(run->seconds);
    progress_.add(*run, problem);
    try {
      writer_.put(std::move(*run));
    } catch (const StoreError&) {
      abandon_asked = true;
      throw;
    }
  }

  const SweepPlan& plan_;
  const SweepWork& work_;
  std::vector<SweepMeasure> measures_;
  Workers& workers_;
  StoreWriter writer_;
  SweepProgress progress_;
  std::size_t at_once_;
  /// What the last run of each problem took.
  std::vector<std::atomic<double>> seconds_;
  std::string machine_ = machine_json();
  SweepReading reading_;
};

ExitCode conclude(const SweepPlan& plan, const SweepOptions& options, const SweepWork& work,
                  const SweepReading& reading, double writer_seconds) {
  const std::string store = std::filesystem::absolute(store_of(plan, options)).string();
  const bool stopped = reading.done < reading.total;
  const std::size_t made = reading.done - reading.found;
  if (options.json) {
    emit({{"event", stopped ? "stopped" : "finished"},
          {"total", reading.total},
          {"made", made},
          {"found", work.found},
          {"failed", reading.failed},
          {"seconds", reading.seconds},
          {"store_seconds", writer_seconds},
          {"store", store}});
  } else {
    fmt::print("{}: {} runs: {} made, {} found, {} failed", plan.file.name, reading.total,
               made - (reading.failed - work.found_failed), work.found, reading.failed);
    fmt::print("{}\n", made == 0 ? "" : fmt::format("; {:.1f} s, {:.1f} runs/s", reading.seconds, reading.per_second));
    fmt::print("store: {}\n", store);
  }
  if (reading.failed > 0 && !options.json)
    fmt::print(stderr, "{} runs failed; millrace export shows why, and --retry-failed makes them again\n",
               reading.failed);
  if (stopped) {
    if (!options.json)
      fmt::print(stderr, "stopped: {} of {} runs are saved; the same command continues\n", reading.done, reading.total);
    return kStopped;
  }
  return reading.failed > 0 ? kEvaluatorFailed : kDone;
}

SweepReading nothing_to_do(const SweepWork& work) {
  return {
      .done = work.total, .total = work.total, .found = work.found + work.found_failed, .failed = work.found_failed};
}

}  // namespace

void show_sweep(const SweepPlan& plan, const SweepOptions& options) {
  const std::filesystem::path path = store_of(plan, options);
  std::map<std::string, StoredExtent> stored;
  if (std::filesystem::exists(path)) stored = with_store([&] { return Store(path, Store::Mode::read).extents(); });
  const SweepWork work = work_of(plan, stored, options.retry_failed);
  if (options.json) {
    emit({{"event", "plan"},
          {"points", plan.points()},
          {"total", work.total},
          {"found", work.found},
          {"failed", work.found_failed},
          {"missing", work.missing.size()},
          {"store", path.string()}});
    return;
  }
  fmt::print("{}: {} problems x {} algorithms x {} points ({}) x {} seeds: {} different runs\n", plan.file.name,
             plan.problems.size(), plan.file.algorithms.size(), plan.points(), name_of(plan.file.design.kind),
             plan.file.seeds.size(), work.total);
  fmt::print("store {}: {} found, {} failed before, {} to be made\n", path.string(), work.found, work.found_failed,
             work.missing.size());
}

ExitCode sweep(const SweepPlan& plan, const SweepOptions& options) {
  catch_signals();
  const std::filesystem::path path = store_of(plan, options);
  return with_store([&] {
    const std::optional<StoreLock> lock = lock_store(path, options);
    if (!lock) return kStopped;
    Store store(path, Store::Mode::write);
    const SweepWork work = work_of(plan, store.extents(), options.retry_failed);
    if (work.missing.empty()) return conclude(plan, options, work, nothing_to_do(work), 0.0);
    Workers workers(options.threads);
    SweepExecution execution(plan, work, measures(plan, work, store, workers), store, workers, options);
    execution.run();
    return conclude(plan, options, work, execution.reading(), execution.writer_seconds());
  });
}

}  // namespace millrace::cli
