#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/run/progress_line.hpp"
#include "cli/sweep/sweep_queue.hpp"

namespace millrace::cli {

/// How far a sweep is.
struct SweepReading {
  std::size_t done = 0;
  std::size_t total = 0;
  std::size_t found = 0;
  std::size_t failed = 0;
  double seconds = 0.0;
  double per_second = 0.0;
  std::optional<double> seconds_left;
  std::uint64_t saved = 0;
};

/// Tells of a sweep while it works, from a thread of its own: a line that rewrites itself on a terminal, a plain line
/// every ten seconds in a log, an object every second as JSON.
class SweepProgress {
 public:
  /// `saved` says how many runs are committed.
  SweepProgress(const SweepPlan& plan, const SweepWork& work, ProgressStyle style,
                std::function<std::uint64_t()> saved);
  ~SweepProgress();
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;

  /// A run has ended. From any thread.
  void add(const StoredRun& run, std::size_t problem);
  /// Ends the thread and removes the line.
  void finish();
  SweepReading read();
  /// Best hypervolume of each problem among the runs of this call; empty where none is known.
  std::vector<std::optional<double>> best_hypervolumes();

 private:
  using Clock = std::chrono::steady_clock;
  void tell();
  std::string best_text();
  void show(const SweepReading& reading);

  const SweepPlan& plan_;
  ProgressStyle style_;
  std::function<std::uint64_t()> saved_;
  Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  bool shown_ = false;
  std::size_t total_;
  std::size_t found_;
  std::size_t made_ = 0;
  std::size_t failed_;
  std::vector<std::optional<double>> best_;
  std::thread thread_;
};

}  // namespace millrace::cli
