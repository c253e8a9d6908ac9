#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <vector>

#include "tests/algorithms_for.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/properties/random_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool inside_bounds(const Population& pool, std::span<const Slot> slots, const Bounds& bounds) {
  for (const Slot i : slots)
    for (std::size_t j = 0; j < bounds.variables(); ++j) {
      const double x = pool.x.row(i)[j];
      if (!(x >= bounds.lower(j) && x <= bounds.upper(j) && bounds.is_level(j, x))) return false;
    }
  return true;
}

bool zero(const double* begin, const double* end) {
  return std::all_of(begin, end, [](double v) { return v == 0.0; });
}

bool padding_is_zero(const Population& pool) {
  bool clean = true;
  for (Slot i = 0; i < pool.size(); ++i)
    clean &= zero(pool.x.row_data(i) + pool.x.variables(), pool.x.row_data(i) + pool.x.stride());
  for (const Columns* columns : {&pool.f, &pool.g})
    for (std::size_t k = 0; k < columns->columns(); ++k)
      clean &= zero(columns->column_data(k) + columns->rows(), columns->column_data(k) + columns->stride());
  return clean && zero(pool.violation.data() + pool.size(), pool.violation.data() + pool.violation.size());
}

/// Distinct and in the pool; as many as asked for where the algorithm promises that.
bool proper(std::span<const Slot> survivors, const AlgorithmEntry& entry, std::size_t population, std::size_t slots) {
  std::vector<Slot> sorted(survivors.begin(), survivors.end());
  std::sort(sorted.begin(), sorted.end());
  const bool right_size = entry.fixed_size ? sorted.size() == population : !sorted.empty();
  return right_size && sorted.back() < slots && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

/// What must not get worse from one generation to the next.
struct Standing {
  std::size_t feasible = 0;
  std::size_t working = 0;
  double least_violation = kInfinity;
  std::vector<double> ideal;

  explicit Standing(const WholeRun& whole) : ideal(whole.spec().objectives.size(), kInfinity) {
    const Population& pool = whole.algorithm.pool();
    for (const Slot i : whole.algorithm.survivors()) {
      working += !pool.failed(i);
      least_violation = std::min(least_violation, pool.violation[i]);
      if (!pool.feasible(i)) continue;
      ++feasible;
      for (std::size_t k = 0; k < ideal.size(); ++k) ideal[k] = std::min(ideal[k], pool.f(i, k));
    }
  }
};

/// One generation by hand, the batch checked in between.
void step(WholeRun& whole) {
  const Batch batch = whole.algorithm.ask();
  REQUIRE(inside_bounds(batch.pool, batch.slots, whole.spec().bounds));
  // Survivors that lie in another pool, as an archive's, cannot be overwritten.
  const bool one_pool = &batch.pool == &whole.algorithm.pool();
  for (std::size_t c = 0; one_pool && c < batch.slots.size(); ++c)
    REQUIRE(std::find(whole.algorithm.survivors().begin(), whole.algorithm.survivors().end(), batch.slots[c]) ==
            whole.algorithm.survivors().end());
  whole.evaluator.evaluate(batch.pool, batch.slots);
  whole.algorithm.tell();
}

struct Trial {
  RandomProblemShape shape;
  AlgorithmSettings method;
};

Trial random_trial(std::uint64_t seed) {
  RowDraws draws({seed, 1, Stage::problem}, 0);
  Trial trial;
  trial.shape.variables = 1 + draws.below(11);
  trial.shape.objectives = 1 + draws.below(5);
  trial.shape.constraints = draws.below(3);
  trial.shape.coarse = draws.below(3) == 0;
  trial.shape.failing = draws.below(4) == 0 ? 0.4 : 0.0;
  trial.method.population = 4 + draws.below(37);
  trial.method.variation.crossover = static_cast<VariationOptions::Crossover>(draws.below(3));
  trial.shape.mixed = draws.below(3) == 0;
  return trial;
}

}  // namespace

TEST_CASE("every generation of every algorithm on random problems keeps what a generation must keep") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Trial trial = random_trial(seed);
    const std::size_t n = trial.method.population;
    for (const AlgorithmEntry& entry : testing::algorithms_for(trial.shape.objectives)) {
      CAPTURE(seed, entry.name, n, trial.shape.variables, trial.shape.objectives, trial.shape.constraints,
              trial.shape.mixed);
      WholeRun whole(RandomProblem(trial.shape, seed), entry, {.method = trial.method, .seed = seed});
      // Crowding keeps both ends of every objective where they fit; niching promises that of no survivor.
      const bool keeps_ideal = entry.name == "nsga2" && n >= 2 * trial.shape.objectives;
      step(whole);
      Standing before(whole);
      for (int generation = 2; generation <= 15; ++generation) {
        CAPTURE(generation);
        step(whole);
        REQUIRE(proper(whole.algorithm.survivors(), entry, n, whole.algorithm.pool().size()));
        REQUIRE(padding_is_zero(whole.algorithm.pool()));
        const Standing now(whole);
        // One individual may take the place of several, or a restart that of all but the best, but the feasible are
        // never lost to the infeasible.
        const bool keeps_all = entry.fixed_size && entry.name != "shade";
        REQUIRE(now.feasible >= (keeps_all ? before.feasible : std::min<std::size_t>(before.feasible, 1)));
        REQUIRE(now.working >= (keeps_all ? before.working : std::min<std::size_t>(before.working, 1)));
        REQUIRE(now.least_violation <= before.least_violation);
        for (std::size_t k = 0; keeps_ideal && k < now.ideal.size(); ++k) REQUIRE(now.ideal[k] <= before.ideal[k]);
        before = now;
      }
      if (entry.fixed_size) CHECK(whole.evaluator.count().evaluations == 15 * n);
    }
  }
}

TEST_CASE("everything fails: the population stays whole, and goes on") {
  for (const AlgorithmEntry& entry : testing::algorithms_for(3)) {
    CAPTURE(entry.name);
    WholeRun whole(RandomProblem({.variables = 3, .objectives = 3, .failing = 2.0}, 1), entry,
                   {.method = {.population = 21}});
    for (int generation = 1; generation <= 5; ++generation) {
      step(whole);
      REQUIRE(proper(whole.algorithm.survivors(), entry, 21, whole.algorithm.pool().size()));
    }
    CHECK(whole.evaluator.count().failed == whole.evaluator.count().evaluations);
    if (entry.fixed_size) CHECK(whole.evaluator.count().failed == 5 * 21);
  }
}
