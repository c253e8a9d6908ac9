#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <vector>

#include "engine/algorithm/borg.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/reference/dominance.hpp"

using namespace millrace;

namespace {

/// Individuals of two objectives: f0, f1, violation.
Population individuals(const std::vector<std::array<double, 3>>& values) {
  Population pool(values.size(), {1, 2, 1});
  for (Slot i = 0; i < values.size(); ++i) {
    pool.f(i, 0) = values[i][0];
    pool.f(i, 1) = values[i][1];
    pool.violation[i] = values[i][2];
    pool.x.row(i)[0] = static_cast<double>(i);
  }
  return pool;
}

/// A population of all of them, and one slot for a child.
BorgPopulation population_of(const Population& members) {
  BorgPopulation population(1, members.size(), members.shape());
  for (Slot i = 0; i < members.size(); ++i) population.append(members, i);
  return population;
}

/// Numbers of the members that are no longer what they were after a child was offered.
std::set<std::size_t> replaced_by(const Population& members, std::array<double, 3> child) {
  std::set<std::size_t> replaced;
  for (std::uint32_t row = 0; row < 200; ++row) {
    BorgPopulation population = population_of(members);
    copy_individual(individuals({child}), 0, population.pool(), 0);
    population.pool().x.row(0)[0] = -1.0;
    population.offer(0, RowDraws({1, 0, Stage::replace}, row));
    for (std::size_t i = 0; i < members.size(); ++i)
      if (population.pool().x.row(population.places(members.size())[i])[0] == -1.0) replaced.insert(i);
  }
  return replaced;
}

struct SteadyRun {
  SteadyRun(const AnyProblem& problem, const BorgOptions& options, std::uint64_t seed = 3)
      : evaluator(problem, workers), borg({evaluator.problem().spec(), seed, workers}, options) {}
  void step() {
    const Batch batch = borg.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    evaluations += batch.slots.size();
    borg.tell();
  }
  void until(std::size_t limit) {
    while (evaluations < limit) step();
  }
  std::vector<std::byte> state() const {
    std::vector<std::byte> bytes;
    StateWriter writer(bytes);
    borg.save(writer);
    return bytes;
  }
  Workers workers;
  Evaluator evaluator;
  Borg borg;
  std::size_t evaluations = 0;
};

}  // namespace

TEST_CASE("a child takes the place of those that it dominates, else of any, else of none") {
  const double infinity = std::numeric_limits<double>::infinity();
  const Population feasible = individuals({{1, 5, 0}, {3, 3, 0}, {5, 1, 0}, {6, 6, 0}, {7, 7, 0}});
  using Numbers = std::set<std::size_t>;
  CHECK(replaced_by(feasible, {2, 2, 0}) == Numbers{1, 3, 4});
  // Dominates some and is dominated by others: the former decides.
  CHECK(replaced_by(feasible, {6, 6.5, 0}) == Numbers{4});
  CHECK(replaced_by(feasible, {0, 9, 0}) == Numbers{0, 1, 2, 3, 4});
  CHECK(replaced_by(feasible, {8, 8, 0}).empty());
  // An equal of a member that nobody dominates is nobody's better and nobody's worse.
  CHECK(replaced_by(individuals({{1, 5, 0}, {3, 3, 0}}), {3, 3, 0}) == Numbers{0, 1});
  CHECK(replaced_by(feasible, {0, 0, 1}).empty());
  const Population mixed = individuals({{4, 4, 0}, {0, 0, 2}, {0, 0, 1}, {infinity, infinity, kFailedViolation}});
  CHECK(replaced_by(mixed, {9, 9, 0}) == Numbers{1, 2, 3});
  CHECK(replaced_by(mixed, {9, 9, 1.5}) == Numbers{1, 3});
  CHECK(replaced_by(mixed, {infinity, infinity, kFailedViolation}).empty());
}

TEST_CASE("a tournament is won by a member that no other of its rounds dominates") {
  const Population members = individuals({{1, 1, 0}, {2, 2, 0}, {3, 3, 0}, {0, 0, 1}});
  const BorgPopulation population = population_of(members);
  std::array<int, 4> wins{};
  for (std::uint32_t row = 0; row < 1000; ++row) {
    RowDraws draws({1, 0, Stage::pair}, row);
    ++wins[population.tournament(2, draws) - 1];
  }
  // Of two drawn with replacement, the better: 7, 5, 3 and 1 of 16.
  CHECK(std::abs(wins[0] - 438) < 80);
  CHECK(std::abs(wins[1] - 312) < 75);
  CHECK(std::abs(wins[2] - 188) < 62);
  CHECK(std::abs(wins[3] - 62) < 40);
}

TEST_CASE("operators are chosen by what they brought into the archive") {
  BorgOperators operators({}, Bounds(3), 1, 8);
  for (const double p : operators.probabilities()) CHECK(p == Approx(1.0 / 6.0));
  operators.learn(std::vector<std::uint32_t>{0, 0, 2, BorgOperators::kNone, 5, 0});
  const std::vector<double> expected = {4, 1, 2, 1, 1, 2};
  for (std::size_t op = 0; op < 6; ++op) CHECK(operators.probabilities()[op] == Approx(expected[op] / 11.0));
  std::array<int, 6> chosen{};
  for (std::uint32_t row = 0; row < 11'000; ++row) {
    RowDraws draws({1, 0, Stage::pair}, row);
    ++chosen[operators.choose(draws)];
  }
  for (std::size_t op = 0; op < 6; ++op) CHECK(std::abs(chosen[op] - 1000 * expected[op]) < 300);
}

TEST_CASE("borg converges on the sphere of dtlz2, restarts, and stays inside its sizes") {
  for (const std::size_t wave : {1, 7, 64}) {
    SteadyRun run(make_suite_problem("dtlz2", 3),
                  {.largest_population = 300, .epsilons = {.epsilons = {0.06, 0.06, 0.06}}, .wave = wave});
    run.until(6000);
    CAPTURE(wave);
    CHECK(run.borg.survivors().size() > 60);
    CHECK(run.borg.restarts() > 0);
    CHECK(run.borg.population() <= 300);
    const Population& pool = run.borg.pool();
    double worst = 0.0;
    for (const Slot i : run.borg.survivors()) {
      double squared = 0.0;
      for (std::size_t k = 0; k < 3; ++k) squared += pool.f(i, k) * pool.f(i, k);
      worst = std::max(worst, std::sqrt(squared));
      for (const Slot j : run.borg.survivors()) REQUIRE_FALSE(reference::dominates(pool.f, i, j));
    }
    CHECK(worst < 1.2);
  }
}

TEST_CASE("borg that is saved and loaded at any wave goes on alike, through restarts") {
  const AnyProblem problem = make_suite_problem("zdt4");
  const BorgOptions options{.population = 33, .wave = 10, .window = 50};
  SteadyRun straight(problem, options);
  straight.until(3000);
  CHECK(straight.borg.restarts() > 3);
  for (const std::size_t cut : {40, 333, 1000, 1450, 2000}) {
    SteadyRun first(problem, options);
    first.until(cut);
    SteadyRun second(problem, options);
    const std::vector<std::byte> bytes = first.state();
    StateReader reader(bytes);
    second.borg.load(reader);
    CHECK(reader.at_end());
    second.evaluations = first.evaluations;
    second.until(3000);
    CAPTURE(cut);
    CHECK((second.state() == straight.state()));
  }
}

TEST_CASE("borg works with few individuals, one objective, constraints and levels") {
  for (const char* name : {"c1-dtlz1", "zdt5"})
    for (const std::size_t population : {4, 5, 33, 92}) {
      SteadyRun run(make_suite_problem(name), {.population = population, .wave = 9});
      run.until(2000);
      CHECK(run.borg.survivors().size() >= 1);
    }
}

TEST_CASE("borg options say what is wrong") {
  CHECK(BorgOptions{}.error().empty());
  CHECK_FALSE(BorgOptions{.population = 3}.error().empty());
  CHECK_FALSE(BorgOptions{.largest_population = 50}.error().empty());
  CHECK_FALSE(BorgOptions{.wave = 0}.error().empty());
  CHECK_FALSE(BorgOptions{.window = 0}.error().empty());
  CHECK_FALSE(BorgOptions{.gamma = 0.5}.error().empty());
  CHECK_FALSE(BorgOptions{.tau = std::nan("")}.error().empty());
  CHECK_FALSE(BorgOptions{.epsilons = {.epsilons = {-1.0}}}.error().empty());
  CHECK_FALSE(BorgOptions{.operators = {.pcx = {.parents = 1}}}.error().empty());
  CHECK_FALSE(BorgOptions{.operators = {.zeta = 0.0}}.error().empty());
  const AnyProblem problem = make_suite_problem("zdt1");
  Workers workers;
  // The number of objectives is only known here.
  CHECK_THROWS_AS(Borg({problem.spec(), 1, workers}, {.epsilons = {.epsilons = {1.0, 1.0, 1.0}}}),
                  std::invalid_argument);
  CHECK_NOTHROW(Borg({problem.spec(), 1, workers}, {.epsilons = {.epsilons = {1.0}}}));  // one stands for all
}
