#include "engine/problem/evaluator.hpp"

#include <array>
#include <exception>
#include <limits>

#include "engine/problem/violation.hpp"

namespace millrace {
namespace {

// Whole tiles a task; cheap problems take about 1 microsecond a tile, and a task should outweigh its own cost.
constexpr std::size_t kGrain = 16 * kLanes;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool lane_is_finite(const Outcome& outcome, std::size_t lane) {
  bool finite = true;
  for (std::size_t k = 0; k < outcome.objectives(); ++k) finite &= std::isfinite(outcome.objective(k)[lane]);
  for (std::size_t c = 0; c < outcome.constraints(); ++c) finite &= std::isfinite(outcome.constraint(c)[lane]);
  return finite;
}

}  // namespace

struct Evaluator::ThreadState {
  explicit ThreadState(const Shape& shape) : tile(shape.variables), outcome(shape.objectives, shape.constraints) {}
  Tile tile;
  Outcome outcome;
  Scratch scratch;
  EvaluationCount count;
  std::size_t first_failed_at = std::numeric_limits<std::size_t>::max();
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
  std::array<double, kLanes> violation;
  total_violation(problem_.spec().constraints, state.outcome, violation);
  for (std::size_t lane = 0; lane < slots.size(); ++lane) {
    const bool finite = lane_is_finite(state.outcome, lane);
    const Slot i = slots[lane];
    for (std::size_t k = 0; k < pool.f.columns(); ++k)
      pool.f(i, k) = finite ? state.outcome.objective(k)[lane] : kInfinity;
    for (std::size_t c = 0; c < pool.g.columns(); ++c) pool.g(i, c) = state.outcome.constraint(c)[lane];
    pool.violation[i] = finite ? violation[lane] : kFailedViolation;
    state.count.failed += !finite;
    state.count.feasible += pool.violation[i] == 0.0;
  }
}

void Evaluator::evaluate(Population& pool, std::span<const Slot> slots) {
  for (ThreadState& state : states_) {
    state.count = {};
    state.first_failed_at = std::numeric_limits<std::size_t>::max();
  }
  workers_.for_blocks(slots.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    ThreadState& state = states_[workers_.thread_index()];
    for (std::size_t first = begin; first < end; first += kLanes) {
      const auto tile_slots = slots.subspan(first, std::min(kLanes, end - first));
      try {
        evaluate_tile(pool, tile_slots, state);
      } catch (const std::exception& error) {
        for (const Slot i : tile_slots) {
          for (std::size_t k = 0; k < pool.f.columns(); ++k) pool.f(i, k) = kInfinity;
          for (std::size_t c = 0; c < pool.g.columns(); ++c) pool.g(i, c) = kInfinity;
          pool.violation[i] = kFailedViolation;
        }
        state.count.failed += tile_slots.size();
        if (first < state.first_failed_at) {
          state.first_failed_at = first;
          state.failure = error.what();
        }
      }
    }
  });
  count_.evaluations += slots.size();
  std::size_t first = std::numeric_limits<std::size_t>::max();
  for (ThreadState& state : states_) {
    count_.failed += state.count.failed;
    count_.feasible += state.count.feasible;
    if (first_failure_.empty() && state.first_failed_at < first) {
      first = state.first_failed_at;
      first_failure_ = state.failure;
    }
  }
}

}  // namespace millrace
