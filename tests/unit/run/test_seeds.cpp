#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "engine/run/front.hpp"
#include "tests/algorithms_for.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// A run whose first population starts with seeds, and perhaps with their results.
struct SeededRun {
  SeededRun(const AlgorithmEntry& entry, const Population& seeds)
      : workers(1), evaluator(SmallProblem(), workers),
        algorithm(entry.make({evaluator.problem().spec(), 7, workers, nullptr, &seeds.x}, {.population = 20})),
        hypervolume(evaluator.problem().spec(), 1e-4) {}

  void run(std::uint64_t generations, const Population* known) {
    Run parts{algorithm, evaluator, workers, hypervolume, {}};
    parts.known = known;
    millrace::run(parts, {.budget = {.generations = generations}}, progress);
  }
  std::vector<std::byte> state() const {
    std::vector<std::byte> bytes;
    StateWriter writer(bytes);
    algorithm.save(writer);
    return bytes;
  }

  Workers workers;
  Evaluator evaluator;
  AnyAlgorithm algorithm;
  HypervolumeMonitor hypervolume;
  Progress progress;
};

/// Points of the front with their results.
Population front_points(std::size_t count) {
  Population seeds(count, {2, 2, 0});
  for (Slot i = 0; i < count; ++i) {
    const double x = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    seeds.x.row(i)[0] = x;
    seeds.f(i, 0) = x;
    seeds.f(i, 1) = 1.0 - x;
  }
  return seeds;
}

}  // namespace

TEST_CASE("seeds take the first places of the first population of every algorithm, the sample keeps the others") {
  for (const AlgorithmEntry& entry : testing::algorithms_for(2))
    for (const std::size_t count : {1u, 7u, 20u, 33u}) {
      CAPTURE(entry.name, count);
      const Population seeds = front_points(count);
      SeededRun seeded(entry, seeds);
      WholeRun plain(SmallProblem(), entry, {.method = {.population = 20}});
      const Batch batch = seeded.algorithm.ask();
      const Batch sample = plain.algorithm.ask();
      REQUIRE(batch.slots.size() == sample.slots.size());
      for (std::size_t i = 0; i < batch.slots.size(); ++i) {
        const auto row = batch.pool.x.row(batch.slots[i]);
        const auto expected = i < count ? seeds.x.row(static_cast<Slot>(i)) : sample.pool.x.row(sample.slots[i]);
        REQUIRE(std::equal(row.begin(), row.end(), expected.begin()));
      }
    }
}

TEST_CASE("known results are neither evaluated nor counted, and change nothing else") {
  for (const AlgorithmEntry& entry : testing::algorithms_for(2))
    for (const std::size_t count : {1u, 7u, 20u}) {
      CAPTURE(entry.name, count);
      const Population seeds = front_points(count);
      SeededRun evaluated(entry, seeds);
      SeededRun known(entry, seeds);
      evaluated.run(5, nullptr);
      known.run(5, &seeds);
      CHECK(known.evaluator.count().evaluations + count == evaluated.evaluator.count().evaluations);
      CHECK((known.state() == evaluated.state()));
    }
}

TEST_CASE("results of other designs are not taken") {
  const Population seeds = front_points(5);
  Population others = front_points(5);
  for (Slot i = 0; i < 5; ++i) others.x.row(i)[1] = 0.25;
  SeededRun seeded(*find_algorithm("nsga2"), seeds);
  seeded.run(1, &others);
  CHECK(seeded.evaluator.count().evaluations == 20);
}
