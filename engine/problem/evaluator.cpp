#include "engine/problem/evaluator.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <limits>

#include "engine/problem/violation.hpp"

namespace millrace {
namespace {

/// What a task should be worth: several times what a parallel region costs.
constexpr double kTaskSeconds = 100e-6;

/// Individuals a task, from what one took last time (0: not known). Tiles are kept whole, since a tile costs the same
/// however few of its lanes are in use; problems that take rows may be given single ones.
std::size_t grain_for(double seconds_each, bool by_rows) {
  if (seconds_each <= 0.0) return kLanes;
  const double count = std::min(kTaskSeconds / seconds_each, 1e6);
  if (by_rows && count < static_cast<double>(kLanes)) return std::max<std::size_t>(1, static_cast<std::size_t>(count));
  return round_up(static_cast<std::size_t>(count) + 1, kLanes);
}

constexpr Slot kNoSlot = std::numeric_limits<Slot>::max();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Adds 0 to `probe` of every lane for each finite result, and NaN for each that is not.
void probe_finite(const Outcome& outcome, std::array<double, kLanes>& probe) {
  probe.fill(0.0);
  const auto add = [&](const double* lanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) probe[lane] += 0.0 * lanes[lane];
  };
  for (std::size_t k = 0; k < outcome.objectives(); ++k) add(outcome.objective(k));
  for (std::size_t c = 0; c < outcome.constraints(); ++c) add(outcome.constraint(c));
}

/// Column by column: the slots lie anywhere, the lanes side by side.
void copy_lanes(const double* lanes, std::span<const Slot> slots, double* column) {
  for (std::size_t lane = 0; lane < slots.size(); ++lane) column[slots[lane]] = lanes[lane];
}

}  // namespace

struct Evaluator::ThreadState {
  explicit ThreadState(const Shape& shape) : tile(shape.variables), outcome(shape.objectives, shape.constraints) {}
  Tile tile;
  Outcome outcome;
  Scratch scratch;
  EvaluationCount count;
  /// The lowest slot that threw, so that the message does not depend on the number of threads.
  Slot failed_slot = kNoSlot;
  std::string failure;
};

Evaluator::Evaluator(AnyProblem problem, Workers& workers)
    : problem_(std::move(problem)), workers_(workers),
      states_(workers.threads(), ThreadState(problem_.spec().shape())) {}

Evaluator::~Evaluator() = default;

void Evaluator::evaluate_tile(Population& pool, std::span<const Slot> slots, ThreadState& state) const {
  state.tile.gather(pool.x, slots);
  if (problem_.repairs()) {
    problem_.repair(state.tile, state.scratch);
    state.tile.scatter(pool.x, slots);
  }
  problem_.evaluate(state.tile, state.outcome, state.scratch);
  std::array<double, kLanes> violation, probe;
  total_violation(problem_.spec().constraints, state.outcome, violation);
  probe_finite(state.outcome, probe);
  for (std::size_t k = 0; k < pool.f.columns(); ++k)
    copy_lanes(state.outcome.objective(k), slots, pool.f.column_data(k));
  for (std::size_t c = 0; c < pool.g.columns(); ++c)
    copy_lanes(state.outcome.constraint(c), slots, pool.g.column_data(c));
  for (std::size_t lane = 0; lane < slots.size(); ++lane) {
    const Slot i = slots[lane];
    const bool finite = probe[lane] == 0.0;
    pool.violation[i] = finite ? violation[lane] : kFailedViolation;
    state.count.failed += !finite;
    state.count.feasible += pool.violation[i] == 0.0;
    for (std::size_t k = 0; !finite && k < pool.f.columns(); ++k) pool.f(i, k) = kInfinity;
  }
}

/// A tile that threw: row problems try each individual alone, so that one failing simulation costs one individual.
void Evaluator::recover(Population& pool, std::span<const Slot> slots, ThreadState& state, const char* message) const {
  if (problem_.by_rows() && slots.size() > 1) {
    for (std::size_t lane = 0; lane < slots.size(); ++lane) attempt(pool, slots.subspan(lane, 1), state);
    return;
  }
  for (const Slot i : slots) {
    for (std::size_t k = 0; k < pool.f.columns(); ++k) pool.f(i, k) = kInfinity;
    for (std::size_t c = 0; c < pool.g.columns(); ++c) pool.g(i, c) = kInfinity;
    pool.violation[i] = kFailedViolation;
  }
  state.count.failed += slots.size();
  if (state.failed_slot > slots.front()) {
    state.failed_slot = slots.front();
    state.failure = message;
  }
}

void Evaluator::attempt(Population& pool, std::span<const Slot> slots, ThreadState& state) const {
  try {
    evaluate_tile(pool, slots, state);
  } catch (const std::exception& error) {
    recover(pool, slots, state, error.what());
  }
}

void Evaluator::evaluate(Population& pool, std::span<const Slot> slots) {
  for (ThreadState& state : states_) {
    state.count = {};
    state.failed_slot = kNoSlot;
  }
  if (slots.empty()) return;
  const std::size_t grain = grain_for(seconds_each_, problem_.by_rows());
  const auto start = std::chrono::steady_clock::now();
  workers_.for_blocks(slots.size(), grain, [&](std::size_t begin, std::size_t end) {
    ThreadState& state = states_[workers_.thread_index()];
    for (std::size_t first = begin; first < end; first += kLanes)
      attempt(pool, slots.subspan(first, std::min(kLanes, end - first)), state);
  });
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const std::size_t threads = std::min(workers_.threads(), (slots.size() + grain - 1) / grain);
  seconds_each_ = seconds * static_cast<double>(threads) / static_cast<double>(slots.size());
  count_.evaluations += slots.size();
  const ThreadState* first = nullptr;
  for (const ThreadState& state : states_) {
    count_.failed += state.count.failed;
    count_.feasible += state.count.feasible;
    if (state.failed_slot != kNoSlot && (first == nullptr || state.failed_slot < first->failed_slot)) first = &state;
  }
  if (first_failure_.empty() && first != nullptr) first_failure_ = first->failure;
}

}  // namespace millrace
