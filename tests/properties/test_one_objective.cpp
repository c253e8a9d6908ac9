#include <catch2/catch.hpp>

#include <limits>

#include "tests/determinism/whole_run.hpp"
#include "tests/properties/random_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// The best feasible objective of these, infinity where none is feasible.
double best_of(const Population& pool, std::span<const Slot> slots) {
  double best = std::numeric_limits<double>::infinity();
  for (const Slot i : slots)
    if (pool.feasible(i)) best = std::min(best, pool.f(i, 0));
  return best;
}

}  // namespace

TEST_CASE("one objective: the best ever evaluated is never lost") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    for (const AlgorithmEntry& entry : algorithm_entries()) {
      CAPTURE(seed, entry.name);
      const RandomProblemShape shape = {.variables = 1 + seed % 5,
                                        .objectives = 1,
                                        .constraints = seed % 3,
                                        .coarse = seed % 4 == 0,
                                        .failing = seed % 5 == 0 ? 0.3 : 0.0};
      WholeRun whole(RandomProblem(shape, seed), entry, {.method = {.population = 4 + seed}, .seed = seed});
      double best = std::numeric_limits<double>::infinity();
      for (int generation = 1; generation <= 20; ++generation) {
        const Batch batch = whole.algorithm.ask();
        whole.evaluator.evaluate(batch.pool, batch.slots);
        best = std::min(best, best_of(batch.pool, batch.slots));
        whole.algorithm.tell();
        REQUIRE(best_of(whole.algorithm.pool(), whole.algorithm.survivors()) == best);
      }
    }
}
