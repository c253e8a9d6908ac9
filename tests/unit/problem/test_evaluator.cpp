#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/problem/evaluator.hpp"

using namespace millrace;

namespace {

ProblemSpec spec_of(std::size_t constraints) {
  ProblemSpec spec;
  spec.name = "sample";
  spec.bounds = Bounds(3);
  spec.objectives = {{"sum", "", Sense::minimise}, {"first", "", Sense::minimise}};
  for (std::size_t c = 0; c < constraints; ++c) spec.constraints.push_back({"c", "", 2.0, 0.0});
  return spec;
}

/// Sum and first variable; the constraint asks for a sum of at most 1. A first variable above 0.9 gives NaN.
struct TileSample {
  ProblemSpec problem_spec = spec_of(1);
  const ProblemSpec& spec() const { return problem_spec; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double first = tile.column(0)[lane];
      const double sum = first + tile.column(1)[lane] + tile.column(2)[lane];
      outcome.objective(0)[lane] = first > 0.9 ? std::nan("") : sum;
      outcome.objective(1)[lane] = first;
      outcome.constraint(0)[lane] = sum - 1.0;
    }
  }
};

/// The same, a row at a time, throwing where the other gives NaN.
struct RowSample {
  ProblemSpec problem_spec = spec_of(1);
  const ProblemSpec& spec() const { return problem_spec; }
  void evaluate_row(std::span<const double> x, std::span<double> f, std::span<double> g, Scratch&) const {
    if (x[0] > 2.0) throw std::runtime_error("the simulator did not converge");
    f[0] = x[0] > 0.9 ? std::nan("") : x[0] + x[1] + x[2];
    f[1] = x[0];
    g[0] = x[0] + x[1] + x[2] - 1.0;
  }
};

struct Repaired : TileSample {
  void repair(Tile& tile, Scratch&) const {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      for (std::size_t j = 0; j < 3; ++j) tile.column(j)[lane] = std::min(tile.column(j)[lane], 0.25);
  }
};

Population sample_pool(std::size_t n) {
  Population pool(n, {3, 2, 1});
  for (Slot i = 0; i < n; ++i)
    for (std::size_t j = 0; j < 3; ++j) pool.x.row(i)[j] = std::fmod(0.37 * (i + 1) * static_cast<double>(j + 1), 1.0);
  return pool;
}

std::vector<Slot> every_other(std::size_t n) {
  std::vector<Slot> slots;
  for (Slot i = 0; i < n; i += 2) slots.push_back(i);
  return slots;
}

}  // namespace

TEST_CASE("tile and row problems, any number of threads: the same results where asked, nothing elsewhere") {
  for (const std::size_t n : {1u, 2u, 63u, 64u, 65u, 5000u}) {
    const auto slots = every_other(n);
    Workers one(1);
    Evaluator tiles(TileSample{}, one);
    Population expected = sample_pool(n);
    tiles.evaluate(expected, slots);
    CHECK(tiles.count().evaluations == slots.size());
    for (const std::size_t threads : {1u, 2u, 7u}) {
      Workers workers(threads);
      Evaluator rows(RowSample{}, workers);
      Population pool = sample_pool(n);
      rows.evaluate(pool, slots);
      bool same = rows.count().failed == tiles.count().failed && rows.count().feasible == tiles.count().feasible;
      for (Slot i = 0; i < n; ++i) {
        same &= pool.f(i, 0) == expected.f(i, 0) && pool.f(i, 1) == expected.f(i, 1);
        same &= pool.g(i, 0) == expected.g(i, 0) && pool.violation[i] == expected.violation[i];
        same &= i % 2 == 0 || pool.f(i, 0) == 0.0;
      }
      CHECK(same);
    }
  }
}

TEST_CASE("results that are not finite are marked, counted and given the worst values") {
  Workers workers(1);
  Evaluator evaluator(TileSample{}, workers);
  Population pool(2, {3, 2, 1});
  pool.x.row(0)[0] = 0.95;
  pool.x.row(1)[0] = 0.5;
  const Slot both[] = {0, 1};
  evaluator.evaluate(pool, both);
  CHECK(pool.failed(0));
  CHECK(std::isinf(pool.f(0, 0)));
  CHECK(std::isinf(pool.f(0, 1)));
  CHECK(pool.feasible(1));
  CHECK(evaluator.count().failed == 1);
  CHECK(evaluator.count().feasible == 1);
}

TEST_CASE("an exception fails its own individual only, and its message is kept") {
  Workers workers(2);
  Evaluator evaluator(RowSample{}, workers);
  Population pool(3, {3, 2, 1});
  pool.x.row(1)[0] = 3.0;
  const Slot all[] = {0, 1, 2};
  evaluator.evaluate(pool, all);
  CHECK(pool.feasible(0));
  CHECK(pool.failed(1));
  CHECK(pool.feasible(2));
  CHECK(evaluator.count().failed == 1);
  CHECK(evaluator.first_failure() == "the simulator did not converge");
}

TEST_CASE("repair rewrites the decisions before they are evaluated") {
  Workers workers(1);
  Evaluator evaluator(Repaired{}, workers);
  Population pool = sample_pool(10);
  const auto slots = every_other(10);
  evaluator.evaluate(pool, slots);
  for (const Slot i : slots) {
    CHECK(pool.feasible(i));
    for (const double x : pool.x.row(i)) CHECK(x <= 0.25);
  }
  CHECK(evaluator.count().feasible == slots.size());
}

TEST_CASE("a problem with a contradictory specification is refused") {
  TileSample bad;
  bad.problem_spec.objectives.clear();
  CHECK_THROWS_AS(AnyProblem(bad), std::invalid_argument);
}
