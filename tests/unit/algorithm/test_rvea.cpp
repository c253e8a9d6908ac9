#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/algorithm/rvea.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/select/normaliser.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/properties/random_problem.hpp"
#include "tests/reference/angle_penalty.hpp"

using namespace millrace;

namespace {

/// Elite and children that did not fail.
std::vector<Slot> members_of(const Rvea& algorithm, const Batch& batch) {
  std::vector<Slot> members(algorithm.survivors().begin(), algorithm.survivors().end());
  members.insert(members.end(), batch.slots.begin(), batch.slots.end());
  std::erase_if(members, [&](Slot i) { return algorithm.pool().failed(i); });
  std::sort(members.begin(), members.end());
  return members;
}

/// Runs and lets the paper's own text choose the survivors of every generation that has a feasible member.
std::size_t compare_with_paper(const AnyProblem& problem, const RveaOptions& options, int generations) {
  Workers workers(1);
  Evaluator evaluator(problem, workers);
  Rvea algorithm({problem.spec(), 5, workers}, options);
  Normaliser normaliser(problem.spec().objectives.size());
  std::size_t compared = 0;
  for (int generation = 0; generation < generations; ++generation) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    const double share = algorithm.penalty_share();
    const auto members = members_of(algorithm, batch);
    algorithm.tell();
    std::vector<Slot> feasible = members;
    std::erase_if(feasible, [&](Slot i) { return !algorithm.pool().feasible(i); });
    if (feasible.empty()) continue;
    normaliser.update(algorithm.pool(), feasible, feasible, workers);
    const auto expected = reference::angle_penalised_survivors(algorithm.pool(), members, normaliser.ideal(),
                                                               algorithm.scale(), algorithm.directions(), share);
    CAPTURE(generation);
    REQUIRE(std::vector<Slot>(algorithm.survivors().begin(), algorithm.survivors().end()) == expected);
    ++compared;
  }
  return compared;
}

}  // namespace

TEST_CASE("RVEA keeps whom the paper keeps") {
  CHECK(compare_with_paper(make_suite_problem("dtlz2"), {.population = 33, .planned_generations = 30}, 30) == 30);
  CHECK(compare_with_paper(make_suite_problem("dtlz1", 5), {.population = 20}, 20) == 20);
  CHECK(compare_with_paper(make_suite_problem("c3-dtlz4"), {.population = 40, .planned_generations = 40}, 40) > 0);
  CHECK(compare_with_paper(make_suite_problem("c2-dtlz2"), {.population = 40, .planned_generations = 20}, 40) > 0);
  const testing::RandomProblem failing({.variables = 4, .objectives = 2, .constraints = 1, .failing = 0.4}, 3);
  CHECK(compare_with_paper(failing, {.population = 21, .planned_generations = 15}, 15) > 0);
}

TEST_CASE("RVEA: the penalty grows to its full weight in the last planned generation, and without a plan for ever") {
  Workers workers(1);
  const AnyProblem problem = make_suite_problem("dtlz2");
  for (const auto planned : {std::optional<std::uint64_t>{8}, std::optional<std::uint64_t>{}}) {
    Evaluator evaluator(problem, workers);
    Rvea algorithm({problem.spec(), 1, workers}, {.population = 12, .planned_generations = planned});
    double before = 0.0;
    for (int generation = 1; generation <= 12; ++generation) {
      const double share = algorithm.penalty_share();
      if (planned) CHECK(share == std::min(1.0, std::pow(generation / 8.0, 2.0)));
      else CHECK((share > before && share < 1.0));
      before = share;
      const Batch batch = algorithm.ask();
      evaluator.evaluate(batch.pool, batch.slots);
      algorithm.tell();
    }
  }
}

TEST_CASE("RVEA: objectives of very different size are covered alike") {
  Workers workers(1);
  const AnyProblem problem = make_suite_problem("scaled-dtlz2", 5);
  Evaluator evaluator(problem, workers);
  Rvea algorithm({problem.spec(), 1, workers}, {.population = 70, .planned_generations = 150});
  for (int generation = 0; generation < 150; ++generation) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    algorithm.tell();
  }
  CHECK(algorithm.survivors().size() >= 65);
  for (std::size_t k = 1; k < 5; ++k)
    CHECK(algorithm.scale()[k] / algorithm.scale()[k - 1] == Approx(10.0).epsilon(0.2));
}

TEST_CASE("RVEA: options out of range are refused") {
  CHECK(RveaOptions{}.error().empty());
  CHECK_FALSE(RveaOptions{.population = 3}.error().empty());
  CHECK_FALSE(RveaOptions{.planned_generations = 0}.error().empty());
  CHECK_FALSE(RveaOptions{.alpha = -1.0}.error().empty());
  CHECK_FALSE(RveaOptions{.adaptation_share = 0.0}.error().empty());
  CHECK_FALSE(RveaOptions{.adaptation_share = 1.5}.error().empty());
}
