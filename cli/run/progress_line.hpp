#pragma once

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/loop.hpp"

namespace millrace::cli {

enum class ProgressStyle { none, line, log, json };

/// How often a style tells.
std::chrono::milliseconds progress_interval(ProgressStyle style);
/// "42 s", "3:07", "12:00:00".
std::string duration_text(double seconds);
/// Of the terminal of standard error; 80 where it is none.
std::size_t terminal_columns();

/// Follows one run on the terminal: one live line (bar, rate, time left, hypervolume, feasible share) that rewrites
/// itself; in a pipe a plain line every ten seconds; with --json an object every second. Writes to standard error,
/// JSON to standard output.
class ProgressLine : public Observer {
 public:
  ProgressLine(std::string label, const Budget& budget, ProgressStyle style, Workers& workers);
  ~ProgressLine() override;

  void after_generation(const Observation& observation) override;
  /// Removes the live line, so that a table can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  struct Reading;
  Reading read(const Observation& observation);
  std::optional<double> share_done(const Observation& observation) const;
  std::string line_text(const Reading& reading, int detail) const;
  void show_line(const Reading& reading);
  void show_log(const Reading& reading) const;
  void show_json(const Reading& reading) const;

  std::string label_;
  Budget budget_;
  ProgressStyle style_;
  Workers& workers_;
  Clock::time_point start_;
  Clock::time_point next_;
  std::uint64_t evaluations_before_ = 0;
  double share_before_ = 0.0;
  bool first_ = true;
  bool shown_ = false;
  std::vector<double> hypervolumes_;
};

}  // namespace millrace::cli
