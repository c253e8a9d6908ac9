#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "engine/algorithm/catalogue.hpp"
#include "engine/algorithm/nsga3.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/algorithms_for.hpp"

using namespace millrace;

namespace {

/// Two conflicting objectives; the shares below decide who fails and who is feasible.
struct Sample {
  ProblemSpec problem_spec;
  double failing = 0.0;
  double feasible = 1.0;
  Sample() {
    problem_spec.name = "sample";
    problem_spec.bounds = Bounds(3);
    problem_spec.objectives = {{"f1", "", Sense::minimise}, {"f2", "", Sense::minimise}};
    problem_spec.constraints = {{"g", "", 1.0, 0.0}};
  }
  const ProblemSpec& spec() const { return problem_spec; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double x = tile.column(0)[lane];
      const double far = tile.column(1)[lane] + tile.column(2)[lane];
      outcome.objective(0)[lane] = tile.column(1)[lane] < failing ? std::nan("") : x + far;
      outcome.objective(1)[lane] = 1.0 - x + far;
      outcome.constraint(0)[lane] = tile.column(2)[lane] - feasible;
    }
  }
};

void generations(AnyAlgorithm& algorithm, Evaluator& evaluator, int count) {
  for (int g = 0; g < count; ++g) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    algorithm.tell();
  }
}

}  // namespace

TEST_CASE("every algorithm keeps its population, in slots of its own, for even and odd sizes and one objective") {
  Workers workers(1);
  for (const auto& entry : testing::algorithms_for(3)) {
    for (const std::size_t population : {4u, 5u, 33u, 92u}) {
      for (const char* problem : {"dtlz2", "zdt1", "c1-dtlz1"}) {
        const AnyProblem any = make_suite_problem(problem);
        Evaluator evaluator(any, workers);
        AnyAlgorithm algorithm = entry.make({any.spec(), 3, workers}, {.population = population});
        generations(algorithm, evaluator, 10);
        const auto survivors = algorithm.survivors();
        CHECK(survivors.size() > 0);
        CHECK(std::set<Slot>(survivors.begin(), survivors.end()).size() == survivors.size());
        CHECK(evaluator.count().evaluations >= population);
        if (!entry.fixed_size) continue;
        CHECK(survivors.size() == population);
        CHECK(evaluator.count().evaluations == 10 * population);
      }
    }
  }
}

TEST_CASE("failed individuals are kept out while others are left") {
  Workers workers(1);
  Sample sample;
  sample.failing = 0.3;
  for (const auto& entry : testing::algorithms_for(2)) {
    Evaluator evaluator(sample, workers);
    AnyAlgorithm algorithm = entry.make({sample.spec(), 1, workers}, {.population = 40});
    generations(algorithm, evaluator, 1);
    CHECK(evaluator.count().failed > 0);
    generations(algorithm, evaluator, 5);
    for (const Slot i : algorithm.survivors()) CHECK_FALSE(algorithm.pool().failed(i));
  }
}

TEST_CASE("a population in which everything fails, or nothing is feasible, goes on") {
  Workers workers(1);
  for (const double failing : {0.0, 2.0}) {
    Sample sample;
    sample.failing = failing;
    sample.feasible = -1.0;
    for (const auto& entry : testing::algorithms_for(2)) {
      Evaluator evaluator(sample, workers);
      AnyAlgorithm algorithm = entry.make({sample.spec(), 1, workers}, {.population = 20});
      generations(algorithm, evaluator, 4);
      CHECK(algorithm.survivors().size() > 0);
      if (entry.fixed_size) CHECK(algorithm.survivors().size() == 20);
      CHECK(evaluator.count().feasible == 0);
    }
  }
}

TEST_CASE("violation falls until feasible individuals take over") {
  Workers workers(1);
  Sample sample;
  sample.feasible = 0.02;
  for (const auto& entry : testing::algorithms_for(2)) {
    Evaluator evaluator(sample, workers);
    AnyAlgorithm algorithm = entry.make({sample.spec(), 1, workers}, {.population = 40});
    generations(algorithm, evaluator, 40);
    for (const Slot i : algorithm.survivors()) CHECK(algorithm.pool().feasible(i));
  }
}

TEST_CASE("options out of range are refused with a sentence") {
  for (const auto& entry : algorithm_entries()) {
    CHECK_FALSE(entry.error({.population = 0}).empty());
    AlgorithmSettings settings;
    settings.variation.sbx.eta = -1.0;
    CHECK_FALSE(entry.error(settings).empty());
    CHECK(entry.error({}).empty());
    Workers workers(1);
    const AnyProblem any = make_suite_problem("zdt1");
    CHECK_THROWS_AS(entry.make({any.spec(), 1, workers}, {.population = 0}), std::invalid_argument);
  }
}

TEST_CASE("published populations get their lattices, any other one gets its own count of directions") {
  CHECK(nsga3_directions(3, 92).count() == 91);
  CHECK(nsga3_directions(5, 212).count() == 210);
  CHECK(nsga3_directions(8, 156).count() == 156);
  CHECK(nsga3_directions(10, 276).count() == 275);
  CHECK(nsga3_directions(5, 1004).count() == 1001);
  CHECK(nsga3_directions(5, 100).count() == 100);
  CHECK(nsga3_directions(1, 4).count() >= 1);
}

TEST_CASE("differential evolution drives every algorithm too") {
  Workers workers(1);
  const AnyProblem any = make_suite_problem("dtlz2");
  for (const auto& entry : testing::algorithms_for(3)) {
    AlgorithmSettings settings;
    settings.population = 21;
    settings.variation.crossover = VariationOptions::Crossover::differential;
    Evaluator evaluator(any, workers);
    AnyAlgorithm algorithm = entry.make({any.spec(), 1, workers}, settings);
    generations(algorithm, evaluator, 5);
    CHECK(algorithm.survivors().size() > 0);
    if (entry.fixed_size) CHECK(algorithm.survivors().size() == 21);
  }
}
