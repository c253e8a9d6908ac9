#include <catch2/catch.hpp>

#include <atomic>
#include <vector>

#include "tests/determinism/whole_run.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using testing::SmallProblem;
using testing::WholeRun;

namespace {

constexpr std::size_t kPopulation = 20;

WholeRun make(double failing = 0.0, double tolerance = 1e-4) {
  return WholeRun(SmallProblem(failing), *find_algorithm("nsga2"),
                  {.method = {.population = kPopulation}, .tolerance = tolerance});
}

/// Remembers what it was shown, and may set the flag that a signal handler sets.
struct Watcher : Observer {
  void after_generation(const Observation& observation) override {
    seen.push_back(observation.progress.generation);
    hypervolume.push_back(observation.hypervolume.current());
    evaluations = observation.evaluator.count().evaluations;
    if (observation.progress.generation == interrupt_at) interrupt = true;
  }
  std::vector<std::uint64_t> seen;
  std::vector<double> hypervolume;
  std::uint64_t evaluations = 0;
  std::uint64_t interrupt_at = 0;
  std::atomic<bool> interrupt = false;
};

}  // namespace

TEST_CASE("generations: as many populations are evaluated, the sampled one included, and seen by observers") {
  WholeRun whole = make();
  Watcher watcher;
  Observer* const observers[] = {&watcher};
  CHECK(whole.run_generations(5, observers) == StopReason::generations);
  CHECK(whole.progress.generation == 5);
  CHECK(whole.evaluator.count().evaluations == 5 * kPopulation);
  CHECK(watcher.seen == std::vector<std::uint64_t>{1, 2, 3, 4, 5});
  CHECK(watcher.evaluations == 5 * kPopulation);
  CHECK(whole.progress.seconds > 0.0);
}

TEST_CASE("a run that has reached its limit does nothing more; with a higher limit it goes on") {
  WholeRun whole = make();
  whole.run_generations(3);
  const auto before = whole.state();
  CHECK(whole.run_generations(3) == StopReason::generations);
  CHECK(whole.run_generations(2) == StopReason::generations);
  CHECK(whole.state() == before);
  CHECK(whole.run_generations(6) == StopReason::generations);
  WholeRun straight = make();
  straight.run_generations(6);
  CHECK(whole.state() == straight.state());
}

TEST_CASE("evaluations: the generation that reaches the limit is finished") {
  for (const std::uint64_t limit : {1u, 20u, 21u, 100u}) {
    WholeRun whole = make();
    RunOptions options;
    options.budget.evaluations = limit;
    CHECK(whole.run(options) == StopReason::evaluations);
    CHECK(whole.evaluator.count().evaluations == (limit + kPopulation - 1) / kPopulation * kPopulation);
  }
}

TEST_CASE("seconds: those of earlier parts count") {
  WholeRun whole = make();
  RunOptions options;
  options.budget.seconds = 1e-9;
  CHECK(whole.run(options) == StopReason::seconds);
  CHECK(whole.progress.generation == 1);
  options.budget.seconds = 1000.0;
  whole.progress.seconds = 999.99;
  CHECK(whole.run(options) == StopReason::seconds);
  CHECK(whole.progress.seconds >= 1000.0);
  CHECK(whole.progress.generation > 1);
}

TEST_CASE("target: stops at the first generation that reaches it") {
  WholeRun whole = make();
  Watcher watcher;
  Observer* const observers[] = {&watcher};
  RunOptions options;
  options.budget = {.generations = 1000, .target_hypervolume = 0.5};
  CHECK(whole.run(options, observers) == StopReason::target);
  REQUIRE(watcher.hypervolume.size() > 1);
  CHECK(watcher.hypervolume.back() >= 0.5);
  CHECK(*std::max_element(watcher.hypervolume.begin(), watcher.hypervolume.end() - 1) < 0.5);
}

TEST_CASE("stagnation: stops as many generations after the last gain as asked for") {
  WholeRun whole = make(0.0, 0.5);
  Watcher watcher;
  Observer* const observers[] = {&watcher};
  RunOptions options;
  options.budget = {.generations = 100000, .stagnation = 8, .stagnation_tolerance = 0.5};
  CHECK(whole.run(options, observers) == StopReason::stagnation);
  const auto& seen = watcher.hypervolume;
  double best = 0.0;
  std::size_t last_gain = 0;
  for (std::size_t g = 0; g < seen.size(); ++g) {
    if (seen[g] > 1.5 * best) last_gain = g;
    best = std::max(best, seen[g]);
  }
  CHECK(seen.size() - 1 - last_gain == 8);
}

TEST_CASE("interrupt: the generation is finished first, and the run can go on afterwards") {
  WholeRun whole = make();
  Watcher watcher;
  watcher.interrupt_at = 4;
  Observer* const observers[] = {&watcher};
  RunOptions options;
  options.budget.generations = 10;
  options.interrupt = &watcher.interrupt;
  CHECK(whole.run(options, observers) == StopReason::interrupted);
  CHECK(whole.progress.generation == 4);
  CHECK(whole.evaluator.count().evaluations == 4 * kPopulation);
  watcher.interrupt = false;
  CHECK(whole.run(options, observers) == StopReason::generations);
  WholeRun straight = make();
  straight.run_generations(10);
  CHECK(whole.state() == straight.state());
}

TEST_CASE("failures: above the share the run stops, at or below it goes on without the failed ones") {
  WholeRun all = make(2.0);
  CHECK(all.run_generations(5) == StopReason::failures);
  CHECK(all.progress.generation == 1);
  CHECK(all.evaluator.count().failed == kPopulation);
  WholeRun half = make(0.5);
  RunOptions options;
  options.budget = {.generations = 5, .failed_share = 0.0};
  CHECK(half.run(options) == StopReason::failures);
  WholeRun tolerated = make(0.5);
  options.budget.failed_share = 1.0;
  CHECK(tolerated.run(options) == StopReason::generations);
  CHECK(tolerated.evaluator.count().failed > 0);
  for (const Slot i : tolerated.algorithm.survivors()) CHECK_FALSE(tolerated.algorithm.pool().failed(i));
}

TEST_CASE("all failed and tolerated: the run ends by its limit and has no front") {
  WholeRun whole = make(2.0);
  RunOptions options;
  options.budget = {.target_hypervolume = 0.5, .stagnation = 3, .failed_share = 1.0};
  CHECK(whole.run(options) == StopReason::stagnation);
  CHECK(whole.progress.generation == 3);
  CHECK(final_front(whole.algorithm.pool(), whole.algorithm.survivors()).size() == 0);
}
