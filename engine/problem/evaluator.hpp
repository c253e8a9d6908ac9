#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/problem.hpp"

namespace millrace {

/// What an evaluator has done so far.
struct EvaluationCount {
  std::uint64_t evaluations = 0;
  /// Individuals whose results were not finite, or whose evaluation threw. They are kept out by selection.
  std::uint64_t failed = 0;
  /// Individuals that satisfied every constraint.
  std::uint64_t feasible = 0;
};

/// The only caller of a problem's evaluate: repairs, evaluates, adds up violations, marks failures, counts.
///
/// Tiles are formed from the slots in their order, 64 at a time; a problem that takes rows may be given fewer, where an
/// individual takes so long that more tasks than tiles are wanted. The size of a task follows from how long the last
/// evaluation took; no result depends on it.
class Evaluator {
 public:
  Evaluator(AnyProblem problem, Workers& workers);
  ~Evaluator();

  const AnyProblem& problem() const { return problem_; }
  const EvaluationCount& count() const { return count_; }
  /// For a resumed run, which continues counting where it was cut off.
  void restore(const EvaluationCount& count) { count_ = count; }
  /// Message of the first exception that a problem threw, or empty.
  const std::string& first_failure() const { return first_failure_; }

  /// Fills f, g and violation of `pool` at `slots` (distinct); a repairing problem also rewrites x there.
  /// A failed individual gets infinite objectives and the violation kFailedViolation.
  void evaluate(Population& pool, std::span<const Slot> slots);

 private:
  struct ThreadState;
  void evaluate_tile(Population& pool, std::span<const Slot> slots, ThreadState& state) const;
  void attempt(Population& pool, std::span<const Slot> slots, ThreadState& state) const;
  void recover(Population& pool, std::span<const Slot> slots, ThreadState& state, const char* message) const;

  AnyProblem problem_;
  Workers& workers_;
  std::vector<ThreadState> states_;
  EvaluationCount count_;
  /// Processor time of one individual in the last evaluation, 0 before the first.
  double seconds_each_ = 0.0;
  std::string first_failure_;
};

}  // namespace millrace
