#include "engine/run/refinement_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/random/philox.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Limits lie this share of their range above what they stand for, so that rounding does not put a design outside.
constexpr double kRoom = 1e-6;

/// Number n of the van der Corput sequence in base 2: 0, 1/2, 1/4, 3/4, 1/8 ...
double van_der_corput(std::uint64_t n) {
  double value = 0.0;
  for (double bit = 0.5; n > 0; n >>= 1, bit /= 2.0)
    if ((n & 1) != 0) value += bit;
  return value;
}

/// Where a limit lies between the tightest (0) and one that does not bind (1): evenly spread, and every fourth time the
/// tightest again, since what that is becomes known only little by little.
double place_of_limit(std::uint64_t turn) { return turn % 4 == 3 ? 0.0 : van_der_corput(turn - turn / 4 + 1); }

/// Of the individuals, the one that is lowest in an objective; ties to the first.
Slot lowest(const Population& pool, std::span<const Slot> slots, std::size_t objective) {
  return *std::min_element(slots.begin(), slots.end(),
                           [&](Slot a, Slot b) { return pool.f(a, objective) < pool.f(b, objective); });
}

}  // namespace

std::string RefinementOptions::error() const {
  if (every < 1) return "refinement: every must be at least 1 generation";
  if (count < 1 || count > 1000) return fmt::format("refinement: count is {}, but must be from 1 to 1000", count);
  return {};
}

RefinementStep::RefinementStep(AnyProblem problem, const RefinementOptions& options, std::uint64_t seed,
                               Workers& workers)
    : problem_(std::move(problem)), options_(options), seed_(seed), workers_(workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  if (!problem_.refines()) throw std::invalid_argument("refinement: " + problem_.spec().name + " does not refine");
}

/// The limit number `turn` of a pair, and the survivor that is lowest within it.
void RefinementStep::limit(const Population& pool, std::span<const Slot> feasible, std::size_t lowered,
                           std::size_t limited, std::uint64_t turn, Task& task) const {
  const double best = pool.f(lowest(pool, feasible, limited), limited);
  const double free = pool.f(lowest(pool, feasible, lowered), limited);
  double worst = best;
  for (const Slot i : feasible) worst = std::max(worst, pool.f(i, limited));
  const double limit = best + place_of_limit(turn) * (free - best) + kRoom * (worst - best);
  task.objective = lowered;
  task.limits[limited] = limit;
  std::optional<Slot> start;
  for (const Slot i : feasible)
    if (pool.f(i, limited) <= limit && (!start || pool.f(i, lowered) < pool.f(*start, lowered))) start = i;
  task.start = start;
}

RefinementStep::Task RefinementStep::task(const Population& pool, std::span<const Slot> feasible, Slot child,
                                          std::uint64_t number) const {
  const std::size_t objectives = pool.f.columns();
  Task result{.child = child, .number = number, .limits = std::vector<double>(objectives, kInfinity)};
  RowDraws draws({seed_, static_cast<std::uint32_t>(number), Stage::refine}, 0);
  const std::uint64_t round = number / (objectives + 1);
  const std::size_t place = number % (objectives + 1);
  if (objectives == 1) {
    if (number % 3 == 1 && !feasible.empty())
      result.start = feasible[draws.below(static_cast<std::uint32_t>(feasible.size()))];
    result.afresh = number % 3 == 2;
    return result;
  }
  if (place == objectives || feasible.empty()) {
    result.objective = round % objectives;
    return result;
  }
  if (place + 1 < objectives) {
    limit(pool, feasible, 0, place + 1, round, result);
    return result;
  }
  // The other ordered pairs: (lowered, limited) with lowered from 1 on.
  const std::size_t pairs = (objectives - 1) * (objectives - 1);
  const std::size_t pair = round % pairs;
  const std::size_t lowered = 1 + pair / (objectives - 1);
  std::size_t limited = pair % (objectives - 1);
  if (limited >= lowered) ++limited;
  limit(pool, feasible, lowered, limited, round / pairs, result);
  return result;
}

void RefinementStep::draw_decision(std::uint64_t number, std::span<double> decision) const {
  const Bounds& bounds = problem_.spec().bounds;
  RowDraws draws({seed_, static_cast<std::uint32_t>(number), Stage::refine}, 1);
  for (std::size_t j = 0; j < decision.size(); ++j) {
    const bool real = bounds.kind(j) == VariableKind::real;
    const double span = bounds.upper(j) - bounds.lower(j) + (real ? 0.0 : 1.0);
    const double value = bounds.lower(j) + draws.next_double() * span;
    decision[j] = real ? value : std::min(std::floor(value), bounds.upper(j));
  }
}

void RefinementStep::apply(const AnyAlgorithm& algorithm, const Batch& offspring, std::uint64_t generation) {
  if (generation == 0 || generation % options_.every != 0 || offspring.slots.empty()) return;
  const auto start = std::chrono::steady_clock::now();
  const Population& pool = algorithm.pool();
  std::vector<Slot> feasible;
  for (const Slot i : algorithm.survivors())
    if (pool.feasible(i)) feasible.push_back(i);
  const std::size_t count = std::min(options_.count, offspring.slots.size());
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < count; ++i)
    tasks.push_back(task(pool, feasible, offspring.slots[i * offspring.slots.size() / count], count_.refined + i));
  workers_.for_blocks(count, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Task& own = tasks[i];
      if (own.afresh) draw_decision(own.number, offspring.pool.x.row(own.child));
      if (own.start) std::ranges::copy(pool.x.row(*own.start), offspring.pool.x.row(own.child).begin());
      own.work = problem_.refine(offspring.pool.x.row(own.child), {own.objective, own.limits});
    }
  });
  for (const Task& own : tasks) {
    count_.moved += own.work.moved;
    count_.programs += own.work.programs;
  }
  count_.refined += count;
  count_.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace millrace
