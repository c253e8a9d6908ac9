#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/run/loop.hpp"

namespace millrace {

/// What a trace records, and when.
struct TraceOptions {
  /// Numbers of evaluations, ascending: each is recorded after the first generation that reaches it.
  std::vector<std::uint64_t> at;
  /// Where hypervolume and distances are measured; empty stands for the problem's own box.
  ReferenceBox box;
  /// Points of the front to reach, minimised: with them igd_plus is recorded. Empty: it is not.
  Columns reference_front;
  /// Hypervolume of the whole exact front as a share of the box (as normalised_hypervolume is), NaN where not known.
  double exact_hypervolume = std::numeric_limits<double>::quiet_NaN();
  /// One sentence where these do not fit that many objectives, else empty.
  std::string error(std::size_t objectives) const;
};

/// Where a run stood. What was not asked for, or is not known, is NaN.
struct TracePoint {
  std::uint64_t evaluations = 0;
  std::uint64_t generation = 0;
  /// Share of the population that satisfies every constraint.
  double feasible_share = 0.0;
  /// Of the feasible part of the population, as a share of the box; 0 where there is none.
  double hypervolume = std::numeric_limits<double>::quiet_NaN();
  /// The same as a share of the exact front's.
  double exact_share = std::numeric_limits<double>::quiet_NaN();
  /// Of the feasible part, objectives as shares of the box (of the reference front's own where there is none).
  double igd_plus = std::numeric_limits<double>::quiet_NaN();
  /// Epsilon-progress so far, where the run's archive follows it.
  double epsilon_progress = std::numeric_limits<double>::quiet_NaN();
  /// Wall-clock time: the only value that two runs of the same settings do not share.
  double seconds = 0.0;
};

/// `points` evaluation counts spread evenly over a budget, the budget last. Without a budget (0) the population doubled
/// again and again, as long as a run may take.
std::vector<std::uint64_t> trace_schedule(std::uint64_t evaluations, std::size_t population, std::size_t points = 10);

/// A trace must stay cheap beside the run: an estimate has a standard error below 0.004 of the box.
inline constexpr HypervolumeEffort kTraceEffort = {.exact_seconds = 0.02, .samples = 20'000};

/// Records where a run stands at given numbers of evaluations. Part of a checkpoint where it is among the observers.
class Trace : public Observer {
 public:
  /// `spec` must outlive it. Throws std::invalid_argument with options.error().
  Trace(const ProblemSpec& spec, TraceOptions options, Workers& workers);

  void after_generation(const Observation& observation) override;
  /// Records the end of a run, where its last generation is not recorded yet.
  void finish(const Observation& observation);
  const std::vector<TracePoint>& points() const { return points_; }

  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;

 private:
  void record(const Observation& observation);

  TraceOptions options_;
  ReferenceBox box_;
  /// In units of distance_box_.
  Columns reference_;
  ReferenceBox distance_box_;
  Workers& workers_;
  std::vector<TracePoint> points_;
};

/// The trace as a table: "evaluations", "generation", "feasible share", and of "hypervolume", "share of exact
/// hypervolume", "igd plus" and "epsilon progress" those that any point knows. Without the seconds: the same run gives
/// the same text. Numbers are the shortest that read back to the same bits; unknown ones are left empty.
std::string trace_csv(std::span<const TracePoint> points);

}  // namespace millrace
