#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

#include "engine/algorithm/sms_emoa.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/reference/hypervolume_reduction.hpp"

using namespace millrace;

namespace {

/// Points of a front, every objective from 0 to 1: on the sphere, or mirrored (bent the other way).
Columns front_of(std::size_t n, std::size_t m, bool mirrored, std::uint64_t seed) {
  Columns f(n, m);
  RowDraws draws({seed, 0, Stage::problem}, 0);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      f(i, k) = draws.next_double();
      sum += f(i, k) * f(i, k);
    }
    for (std::size_t k = 0; k < m; ++k) {
      const double on_sphere = i < m ? (i == k ? 1.0 : 0.0) : f(i, k) / std::sqrt(sum);
      f(i, k) = mirrored ? 1.0 - on_sphere : on_sphere;
    }
  }
  return f;
}

std::vector<Slot> first_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

std::vector<std::size_t> chosen(HypervolumeReduction& reduction, const Columns& f, std::size_t count,
                                std::size_t threads = 1) {
  Workers workers(threads);
  const auto gone = reduction.choose(f, first_slots(f.rows()), count, workers);
  return {gone.begin(), gone.end()};
}

double hypervolume_after(SmsEmoaOptions options, int evaluations) {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem("zdt1"), workers);
  SmsEmoa algorithm({evaluator.problem().spec(), 3, workers}, std::move(options));
  while (evaluator.count().evaluations < static_cast<std::uint64_t>(evaluations)) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    algorithm.tell();
  }
  const Population front = extract(algorithm.pool(), algorithm.survivors());
  return hypervolume(front.f, std::vector<double>{1.1, 1.1}, workers);
}

}  // namespace

// The corners are equal to each other: a third of the points leaves them alone.
TEST_CASE("the points that go are those of the definition") {
  for (const std::size_t m : {2u, 3u, 4u, 5u, 6u})
    for (const bool mirrored : {false, true})
      for (const std::size_t n : {20u, 31u}) {
        CAPTURE(m, mirrored, n);
        const Columns f = front_of(n, m, mirrored, n + m);
        HypervolumeReduction reduction(m, 40, 1);
        CHECK(chosen(reduction, f, n / 3) == reference::least_contributors(f, n / 3));
        // Objectives of other sizes are normalised, but for rounding.
        Columns scaled = f;
        for (std::size_t k = 0; k < m; ++k)
          for (std::size_t i = 0; i < n; ++i) scaled(i, k) = std::ldexp(f(i, k), static_cast<int>(3 * k));
        CHECK(chosen(reduction, scaled, n / 3) == reference::least_contributors(f, n / 3));
      }
}

TEST_CASE("duplicates and constant objectives: the last of equals goes first, everything may go") {
  for (const std::size_t m : {1u, 2u, 3u, 5u}) {
    CAPTURE(m);
    HypervolumeReduction reduction(m, 12, 1);
    Columns equal(12, m);
    CHECK(chosen(reduction, equal, 3) == std::vector<std::size_t>{11, 10, 9});
    const auto all = chosen(reduction, equal, 12);
    CHECK(std::set<std::size_t>(all.begin(), all.end()).size() == 12);
    Columns pairs = front_of(12, m, false, 4);
    for (std::size_t i = 6; i < 12 && m > 1; ++i)
      for (std::size_t k = 0; k < m; ++k) pairs(i, k) = pairs(i - 6, k);
    if (m == 1) continue;
    const auto gone = chosen(reduction, pairs, 6);
    std::set<std::size_t> kinds;
    for (const std::size_t i : gone) kinds.insert(i % 6);
    CHECK(kinds.size() == 6);
  }
}

TEST_CASE("any number of threads chooses the same points") {
  const Columns f = front_of(300, 5, false, 9);
  HypervolumeReduction one(5, 300, 1);
  HypervolumeReduction seven(5, 300, 7);
  CHECK(chosen(one, f, 40) == chosen(seven, f, 40, 7));
}

TEST_CASE("batches of any size lead to the same hypervolume, nearly") {
  const double steady = hypervolume_after({.population = 40, .batch = 1}, 6000);
  CHECK(steady > 0.8);
  CHECK(hypervolume_after({.population = 40, .batch = 7}, 6000) > 0.98 * steady);
  CHECK(hypervolume_after({.population = 40}, 6000) > 0.98 * steady);
}

TEST_CASE("batches larger than the population and more objectives than six are refused") {
  Workers workers(1);
  const AnyProblem two = make_suite_problem("zdt1");
  const AnyProblem seven = make_suite_problem("dtlz2", 7);
  CHECK_FALSE(SmsEmoaOptions{.population = 10, .batch = 11}.error().empty());
  CHECK_THROWS_AS(SmsEmoa({two.spec(), 1, workers}, {.population = 10, .batch = 11}), std::invalid_argument);
  CHECK_THROWS_WITH(SmsEmoa({seven.spec(), 1, workers}, {.population = 10}),
                    Catch::Contains("at most 6 objectives, not 7"));
}

TEST_CASE("differential evolution serves batches of any size") {
  Workers workers(1);
  for (const std::size_t batch : {1u, 3u, 12u}) {
    Evaluator evaluator(make_suite_problem("dtlz2"), workers);
    SmsEmoaOptions options{.population = 12, .batch = batch};
    options.variation.crossover = VariationOptions::Crossover::differential;
    SmsEmoa algorithm({evaluator.problem().spec(), 1, workers}, options);
    for (int g = 0; g < 10; ++g) {
      const Batch asked = algorithm.ask();
      CHECK(asked.slots.size() == (g == 0 ? 12 : batch));
      evaluator.evaluate(asked.pool, asked.slots);
      algorithm.tell();
      CHECK(algorithm.survivors().size() == 12);
    }
  }
}
