#include "engine/algorithm/moead.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"

using namespace millrace;

namespace {

/// Runs on a suite problem; `change` rewrites the results of each batch before they are told.
template <class Change>
void evolve(std::string_view problem, std::size_t objectives, MoeadOptions options, int generations, Change&& change) {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem(problem, objectives), workers);
  Moead moead({evaluator.problem().spec(), 5, workers}, std::move(options));
  for (int generation = 0; generation < generations; ++generation) {
    const Batch batch = moead.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    change(batch);
    moead.tell();
    REQUIRE(!moead.survivors().empty());
    REQUIRE(std::is_sorted(moead.survivors().begin(), moead.survivors().end()));
  }
  for (const Slot i : moead.survivors())
    for (const double x : moead.pool().x.row(i)) REQUIRE(std::isfinite(x));
}

const auto kNothing = [](const Batch&) {};

/// Mean over the survivors of f1^2 + ... + fM^2 - 1, the distance from the front of DTLZ2.
double distance_from_sphere(MoeadOptions options, int generations, double scale) {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem("dtlz2", 3), workers);
  Moead moead({evaluator.problem().spec(), 3, workers}, std::move(options));
  for (int generation = 0; generation < generations; ++generation) {
    const Batch batch = moead.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    for (const Slot i : batch.slots) batch.pool.f(i, 2) *= scale;
    moead.tell();
  }
  double sum = 0.0;
  for (const Slot i : moead.survivors()) {
    const Columns& f = moead.pool().f;
    sum += f(i, 0) * f(i, 0) + f(i, 1) * f(i, 1) + f(i, 2) * f(i, 2) / (scale * scale) - 1.0;
  }
  return sum / static_cast<double>(moead.survivors().size());
}

}  // namespace

TEST_CASE("MOEA/D runs with every size and scalarisation") {
  for (const std::size_t population : {4, 5, 33, 92})
    for (const auto scalarisation : {Scalarisation::pbi, Scalarisation::tchebycheff,
                                     Scalarisation::modified_tchebycheff, Scalarisation::weighted_sum}) {
      MoeadOptions options{.population = population};
      options.decomposition.scalarisation = scalarisation;
      evolve("dtlz2", 3, options, 12, kNothing);
      options.dynamic_allocation = true;
      options.variation.crossover = VariationOptions::Crossover::differential;
      evolve("dtlz2", 3, options, 110, kNothing);
    }
}

TEST_CASE("MOEA/D bears what fails, is infeasible or constant") {
  const MoeadOptions options{.population = 92};
  evolve("dtlz2", 3, options, 20, [](const Batch& batch) {
    for (const Slot i : batch.slots) {
      batch.pool.violation[i] = kFailedViolation;
      for (std::size_t k = 0; k < 3; ++k) batch.pool.f(i, k) = std::numeric_limits<double>::infinity();
    }
  });
  evolve("dtlz2", 3, options, 20, [](const Batch& batch) {
    for (const Slot i : batch.slots) batch.pool.violation[i] = 1.0 + batch.pool.f(i, 0);
  });
  evolve("dtlz2", 3, options, 20, [](const Batch& batch) {
    for (const Slot i : batch.slots) batch.pool.f(i, 1) = 4.0;
  });
}

TEST_CASE("MOEA/D converges on DTLZ2, also where one objective is in another unit") {
  for (const bool dynamic : {false, true}) {
    MoeadOptions options{.population = 92};
    options.dynamic_allocation = dynamic;
    CHECK(distance_from_sphere(options, dynamic ? 500 : 200, 1.0) < 0.01);
    CHECK(distance_from_sphere(options, dynamic ? 500 : 200, 1e6) < 0.01);
  }
}

TEST_CASE("a scale of two objectives changes nothing but the scale") {
  // Powers of two round alike.
  CHECK(distance_from_sphere({.population = 92}, 60, 1.0) == distance_from_sphere({.population = 92}, 60, 1048576.0));
}

TEST_CASE("dynamic allocation resumes with the same bits") {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem("dtlz1", 3), workers);
  const ProblemSpec& spec = evaluator.problem().spec();
  MoeadOptions options{.population = 92};
  options.dynamic_allocation = true;
  const auto advance = [&](Moead& moead, int generations) {
    for (int generation = 0; generation < generations; ++generation) {
      const Batch batch = moead.ask();
      evaluator.evaluate(batch.pool, batch.slots);
      moead.tell();
    }
  };
  Moead whole({spec, 8, workers}, options);
  advance(whole, 70);
  std::vector<std::byte> bytes;
  StateWriter writer(bytes);
  whole.save(writer);
  Moead resumed({spec, 8, workers}, options);
  StateReader reader(bytes);
  resumed.load(reader);
  CHECK(reader.at_end());
  advance(whole, 70);
  advance(resumed, 70);
  REQUIRE(std::ranges::equal(whole.survivors(), resumed.survivors()));
  for (const Slot i : whole.survivors())
    for (std::size_t k = 0; k < 3; ++k) REQUIRE(whole.pool().f(i, k) == resumed.pool().f(i, k));
}

TEST_CASE("options out of range are refused") {
  CHECK(MoeadOptions{}.error().empty());
  CHECK_FALSE(MoeadOptions{.population = 3}.error().empty());
  CHECK_FALSE(MoeadOptions{.neighbourhood = 1}.error().empty());
  CHECK_FALSE(MoeadOptions{.neighbourhood = 65}.error().empty());
  CHECK_FALSE(MoeadOptions{.delta = 1.5}.error().empty());
  CHECK_FALSE(MoeadOptions{.replacement_limit = 0}.error().empty());
}
