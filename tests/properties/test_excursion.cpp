#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/run/front.hpp"
#include "tests/algorithms_for.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr std::uint64_t kGenerations = 20;

WholeRun::Setting setting_of(std::size_t population, double share, std::uint64_t generations = kGenerations,
                             std::size_t threads = 1) {
  WholeRun::Setting setting{.threads = threads};
  setting.method.population = population;
  setting.method.planned_generations = generations;
  setting.method.excursion = {.share = share, .generations = generations};
  return setting;
}

void step(WholeRun& whole) {
  const Batch batch = whole.algorithm.ask();
  whole.evaluator.evaluate(batch.pool, batch.slots);
  whole.algorithm.tell();
  ++whole.progress.generation;
}

/// Squared distance of the farthest member of the last front from the origin.
double reach_of(const AlgorithmEntry& entry, double share) {
  WholeRun whole(make_suite_problem("c1-dtlz3", 3), entry, setting_of(92, share, 1000));
  whole.run_generations(1000);
  const Population front = final_front(whole.algorithm.pool(), whole.algorithm.survivors());
  REQUIRE(front.feasible(0));
  double reach = 0.0;
  for (Slot i = 0; i < front.size(); ++i) {
    double squares = 0.0;
    for (std::size_t k = 0; k < 3; ++k) squares += front.f(i, k) * front.f(i, k);
    reach = std::max(reach, squares);
  }
  return reach;
}

/// A run to its end; another goes on from its state after `cuts` generations with objects of its own.
void check_resumed(const AnyProblem& problem, const AlgorithmEntry& entry, const WholeRun::Setting& setting,
                   const std::vector<std::uint64_t>& cuts) {
  const std::uint64_t last = *setting.method.excursion.generations;
  WholeRun straight(problem, entry, setting);
  straight.run_generations(last);
  const auto end = straight.state();
  for (const std::uint64_t cut : cuts) {
    CAPTURE(cut);
    WholeRun first(problem, entry, setting);
    first.run_generations(cut);
    const auto bytes = first.state();
    WholeRun second(problem, entry, setting);
    StateReader reader(bytes);
    second.algorithm.load(reader);
    CHECK(reader.at_end());
    second.progress.generation = cut;
    second.run_generations(last);
    CHECK((second.state() == end));
  }
}

}  // namespace

TEST_CASE("with an excursion every algorithm crosses the infeasible band of C1-DTLZ3, and none without") {
  for (const AlgorithmEntry& entry : algorithms_for(5)) {
    CAPTURE(entry.name);
    CHECK(reach_of(entry, 0.2) <= 16.0);
  }
  CHECK(reach_of(*find_algorithm("sms-emoa"), 0.0) >= 81.0);
}

TEST_CASE("a run with an excursion that is stopped and resumed in any generation ends in the same bits") {
  std::vector<std::uint64_t> cuts;
  for (std::uint64_t cut = 1; cut < kGenerations; ++cut) cuts.push_back(cut);
  for (const AlgorithmEntry& entry : algorithms_for(5))
    for (const char* problem : {"c1-dtlz1", "c2-dtlz2"}) {
      CAPTURE(entry.name, problem);
      check_resumed(make_suite_problem(problem), entry, setting_of(36, 0.25), cuts);
    }
}

// Whoever crosses the band starts again; the runs above go on from home.
TEST_CASE("so does one that crosses the band, before, in and after its excursion") {
  for (const char* name : {"nsga2", "moead", "borg"}) {
    CAPTURE(name);
    check_resumed(make_suite_problem("c1-dtlz3", 3), *find_algorithm(name), setting_of(92, 0.2, 1000),
                  {399, 500, 600, 601, 650});
  }
}

TEST_CASE("an excursion gives the same bits for any number of threads") {
  for (const AlgorithmEntry& entry : algorithms_for(5))
    for (const char* problem : {"c1-dtlz1", "c2-dtlz2", "c3-dtlz4"}) {
      CAPTURE(entry.name, problem);
      WholeRun one(make_suite_problem(problem), entry, setting_of(300, 0.25));
      WholeRun three(make_suite_problem(problem), entry, setting_of(300, 0.25, kGenerations, 3));
      one.run_generations(kGenerations);
      three.run_generations(kGenerations);
      CHECK((one.state() == three.state()));
    }
}

TEST_CASE("what a run with an excursion shows never becomes less feasible, on the way neither") {
  for (const AlgorithmEntry& entry : algorithms_for(5))
    for (const char* problem : {"c1-dtlz1", "c1-dtlz3", "c3-dtlz4", "water"}) {
      CAPTURE(entry.name, problem);
      WholeRun whole(make_suite_problem(problem), entry, setting_of(40, 0.3));
      double least = std::numeric_limits<double>::infinity();
      while (whole.progress.generation < kGenerations) {
        step(whole);
        double now = std::numeric_limits<double>::infinity();
        const Population& pool = whole.algorithm.pool();
        for (const Slot i : whole.algorithm.survivors()) {
          now = std::min(now, pool.violation[i]);
          const bool satisfied =
              std::all_of(whole.spec().constraints.begin(), whole.spec().constraints.end(),
                          [&, c = std::size_t{0}](const auto&) mutable { return pool.g(i, c++) <= 0.0; });
          REQUIRE(pool.feasible(i) == satisfied);
        }
        REQUIRE(now <= least);
        least = now;
      }
    }
}

TEST_CASE("where nothing infeasible is met there is no excursion: the bits are those of a run without") {
  for (const AlgorithmEntry& entry : algorithms_for(5)) {
    CAPTURE(entry.name);
    WholeRun with(pingliang(true), entry, setting_of(70, 0.3));
    WholeRun without(pingliang(true), entry, setting_of(70, 0.0));
    with.run_generations(kGenerations);
    without.run_generations(kGenerations);
    const Population a = final_front(with.algorithm.pool(), with.algorithm.survivors());
    const Population b = final_front(without.algorithm.pool(), without.algorithm.survivors());
    REQUIRE(a.size() == b.size());
    for (Slot i = 0; i < a.size(); ++i) CHECK(std::equal(a.x.row(i).begin(), a.x.row(i).end(), b.x.row(i).begin()));
  }
}

TEST_CASE("an excursion comes at the same time whether generations or evaluations limit the run") {
  const AlgorithmEntry& entry = *find_algorithm("nsga2");
  WholeRun::Setting by_evaluations = setting_of(40, 0.25);
  by_evaluations.method.excursion = {.share = 0.25, .evaluations = 40 * kGenerations};
  WholeRun one(make_suite_problem("c1-dtlz1"), entry, setting_of(40, 0.25));
  WholeRun other(make_suite_problem("c1-dtlz1"), entry, by_evaluations);
  WholeRun none(make_suite_problem("c1-dtlz1"), entry, setting_of(40, 0.0));
  for (WholeRun* whole : {&one, &other, &none}) whole->run_generations(kGenerations);
  CHECK((one.state() == other.state()));
  CHECK((one.state() != none.state()));
}

TEST_CASE("an excursion's options say what is wrong with them") {
  CHECK(ExcursionOptions{}.error().empty());
  CHECK(ExcursionOptions{.share = 0.5, .evaluations = 100}.error().empty());
  CHECK_FALSE(ExcursionOptions{.share = 0.6, .generations = 100}.error().empty());
  CHECK_FALSE(ExcursionOptions{.share = -0.1, .generations = 100}.error().empty());
  CHECK_FALSE(ExcursionOptions{.share = 0.2}.error().empty());
  CHECK_FALSE(ExcursionOptions{.share = std::numeric_limits<double>::quiet_NaN()}.error().empty());
}
