#include "cli/sweep/sweep_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace millrace::cli {
namespace {

std::string rate(double per_second) {
  return per_second >= 0.1 ? fmt::format("{:.1f} runs/s", per_second) : fmt::format("{:.1f} runs/h", 3600 * per_second);
}

}  // namespace

SweepProgress::SweepProgress(const SweepPlan& plan, const SweepWork& work, ProgressStyle style,
                             std::function<std::uint64_t()> saved)
    : plan_(plan), style_(style), saved_(std::move(saved)), total_(work.total), found_(work.found + work.found_failed),
      failed_(work.found_failed), best_(plan.problems.size()) {
  if (style_ != ProgressStyle::none) thread_ = std::thread([this] { tell(); });
}

SweepProgress::~SweepProgress() { finish(); }

void SweepProgress::finish() {
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

void SweepProgress::add(const StoredRun& run, std::size_t problem) {
  const double hypervolume = run.indicator("hypervolume");
  const std::lock_guard lock(mutex_);
  ++made_;
  failed_ += run.status == RunStatus::failed;
  if (!std::isnan(hypervolume)) best_[problem] = std::max(best_[problem].value_or(0.0), hypervolume);
}

SweepReading SweepProgress::read() {
  const std::lock_guard lock(mutex_);
  SweepReading reading{.done = found_ + made_, .total = total_, .found = found_, .failed = failed_};
  reading.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  reading.per_second = reading.seconds > 0.0 ? static_cast<double>(made_) / reading.seconds : 0.0;
  if (made_ > 0) reading.seconds_left = static_cast<double>(total_ - reading.done) / reading.per_second;
  reading.saved = saved_();
  return reading;
}

std::vector<std::optional<double>> SweepProgress::best_hypervolumes() {
  const std::lock_guard lock(mutex_);
  return best_;
}

/// Of one problem its best, of several the least and the greatest of their bests.
std::string SweepProgress::best_text() {
  std::optional<double> least, greatest;
  for (const auto& best : best_hypervolumes())
    if (best) {
      least = std::min(least.value_or(*best), *best);
      greatest = std::max(greatest.value_or(*best), *best);
    }
  if (!least) return {};
  return *least == *greatest ? fmt::format("{:.4f}", *least) : fmt::format("{:.4f} to {:.4f}", *least, *greatest);
}

void SweepProgress::tell() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, progress_interval(style_), [this] { return end_; })) {
    lock.unlock();
    show(read());
    lock.lock();
  }
}

void SweepProgress::show(const SweepReading& r) {
  const std::string best = best_text();
  if (style_ == ProgressStyle::json) {
    nlohmann::json event = {{"event", "progress"},
                            {"done", r.done},
                            {"total", r.total},
                            {"found", r.found},
                            {"failed", r.failed},
                            {"seconds", r.seconds},
                            {"runs_a_second", r.per_second},
                            {"saved", r.saved}};
    if (r.seconds_left) event["seconds_left"] = *r.seconds_left;
    const auto bests = best_hypervolumes();
    for (std::size_t p = 0; p < bests.size(); ++p)
      if (bests[p]) event["best_hypervolume"][plan_.problems[p].label()] = *bests[p];
    fmt::print("{}\n", event.dump());
    std::fflush(stdout);
    return;
  }
  const double share = r.total == 0 ? 1.0 : static_cast<double>(r.done) / static_cast<double>(r.total);
  std::string text = fmt::format("{} of {} runs, {:.0f} %", r.done, r.total, std::floor(100.0 * share));
  if (r.per_second > 0.0) text += ", " + rate(r.per_second);
  if (r.seconds_left) text += fmt::format(", {} left", duration_text(*r.seconds_left));
  if (!best.empty()) text += fmt::format(", best hypervolume {}", best);
  text += fmt::format(", failed {}", r.failed);
  if (style_ == ProgressStyle::line) {
    fmt::print(stderr, "\r\033[K{}", text.substr(0, terminal_columns() - 1));
    std::fflush(stderr);
    shown_ = true;
  } else {
    fmt::print(stderr, "{}: {}\n", plan_.file.name, text);
  }
}

}  // namespace millrace::cli
