#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "engine/run/front.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/algorithms_for.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/properties/random_problem.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

using Crossover = VariationOptions::Crossover;

bool on_levels(const Population& pool, std::span<const Slot> slots, const Bounds& bounds) {
  for (const Slot i : slots)
    for (std::size_t j = 0; j < bounds.variables(); ++j) {
      const double x = pool.x.row(i)[j];
      if (!(bounds.is_level(j, x) && x >= bounds.lower(j) && x <= bounds.upper(j))) return false;
    }
  return true;
}

/// A design of a reinforced beam: sections are counted, steel grades are ordered, a coating is there or not, and the
/// width is real. Cost against weight, subject to a load.
class Beam {
 public:
  Beam() {
    spec_.name = "beam";
    spec_.bounds = Bounds(4);
    spec_.bounds.set(0, 0.05, 0.4);  // width
    set(1, VariableKind::integer, 2, 40);
    set(2, VariableKind::ordinal, 0, 4);
    set(3, VariableKind::binary, 0, 1);
    spec_.variable_names = {"width", "bars", "grade", "coated"};
    spec_.objectives = {{"cost", "", Sense::minimise}, {"weight", "", Sense::minimise}};
    spec_.constraints = {{"load", "", 1.0, 0.0}};
  }
  const ProblemSpec& spec() const { return spec_; }
  void evaluate_row(std::span<const double> x, std::span<double> f, std::span<double> g, Scratch&) const {
    const double strength = 1.0 + 0.35 * x[2];
    f[0] = 50.0 * x[0] + x[1] * (0.6 + 0.2 * x[2] * x[2]) + 4.0 * x[3];
    f[1] = 100.0 * x[0] + 1.5 * x[1] - 3.0 * x[3];
    g[0] = 12.0 - strength * x[1] * (0.4 + x[0]) - 2.0 * x[3];
  }

 private:
  void set(std::size_t j, VariableKind kind, double lower, double upper) {
    spec_.bounds.set_kind(j, kind);
    spec_.bounds.set(j, lower, upper);
  }
  ProblemSpec spec_;
};

}  // namespace

TEST_CASE("every algorithm with every crossover keeps to the levels of a mixed problem, and works on it") {
  for (const AlgorithmEntry& entry : testing::algorithms_for(2))
    for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential}) {
      CAPTURE(entry.name, static_cast<int>(crossover));
      WholeRun whole(AnyProblem(Beam()), entry,
                     {.method = {.population = 40, .variation = {.crossover = crossover}}, .seed = 3});
      const Bounds& bounds = whole.spec().bounds;
      for (int generation = 1; generation <= 60; ++generation) {
        const Batch batch = whole.algorithm.ask();
        REQUIRE(on_levels(batch.pool, batch.slots, bounds));
        whole.evaluator.evaluate(batch.pool, batch.slots);
        whole.algorithm.tell();
        REQUIRE(on_levels(whole.algorithm.pool(), whole.algorithm.survivors(), bounds));
      }
      const Population front = final_front(whole.algorithm.pool(), whole.algorithm.survivors());
      REQUIRE(front.size() > 0);
      CHECK(front.feasible(0));
      // The cheapest beam costs 15.67 (width 0.05, 15 bars of grade 1, not coated); a random feasible one about 50.
      double cheapest = front.f(0, 0);
      for (const double cost : front.f.column(0)) cheapest = std::min(cheapest, cost);
      CHECK(cheapest < 22.0);
    }
}

TEST_CASE("zdt5: a whole front, at least as good as that of the deceptive attractor") {
  WholeRun whole(make_suite_problem("zdt5"), *find_algorithm("nsga2"), {.method = {.population = 100}, .seed = 1});
  whole.run_generations(150);
  const Population front = final_front(whole.algorithm.pool(), whole.algorithm.survivors());
  // f1 f2 is g: 10 on the true front, 20 where every string is deceived, 37 on average at first.
  for (Slot i = 0; i < front.size(); ++i) CHECK(front.f(i, 0) * front.f(i, 1) < 20.5);
  CHECK(front.f(0, 0) < 4.0);
  CHECK(front.f(front.size() - 1, 0) > 25.0);
}
