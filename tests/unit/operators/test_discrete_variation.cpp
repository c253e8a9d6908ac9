#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "operators/discrete_variation.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

using Crossover = VariationOptions::Crossover;

/// Kinds in random order with random bounds, some of them with one level.
Bounds random_kinds(std::size_t d, std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  Bounds bounds(d);
  for (std::size_t j = 0; j < d; ++j) {
    const auto kind = static_cast<VariableKind>(draws.below(4));
    bounds.set_kind(j, kind);
    const double lower = static_cast<double>(draws.below(200)) - 100.0;
    const double width = draws.below(6) == 0 ? 0.0 : static_cast<double>(draws.below(draws.below(2) == 0 ? 5 : 4000));
    if (kind == VariableKind::real) bounds.set(j, lower + 0.25, lower + 0.25 + width);
    else if (kind == VariableKind::binary) bounds.set(j, 0.0, width > 0.0 ? 1.0 : 0.0);
    else bounds.set(j, lower, lower + width);
  }
  return bounds;
}

Bounds single(VariableKind kind, double lower, double upper, std::size_t d = 1) {
  Bounds bounds(d, lower, upper);
  for (std::size_t j = 0; j < d; ++j) bounds.set_kind(j, kind);
  return bounds;
}

bool on_levels(const Bounds& bounds, const DecisionRows& x, std::size_t row) {
  for (std::size_t j = 0; j < bounds.variables(); ++j)
    if (!bounds.is_level(j, x.row(row)[j])) return false;
  return inside(bounds, x, row);
}

/// Parents sampled, then `children` made of them by neighbours.
DecisionRows generation(const VariationOptions& options, const Bounds& bounds, std::size_t children,
                        std::size_t threads = 1, std::size_t parents = 40) {
  Population pool(parents + children, {bounds.variables(), 1, 0});
  Workers workers(threads);
  sample(SamplingMethod::uniform, pool, slots(0, parents), bounds, 5, workers);
  const Variation variation(options, bounds, 11);
  const std::size_t groups = (children + variation.children_per_group() - 1) / variation.children_per_group();
  std::vector<Slot> mating(groups * variation.parents_per_group());
  for (std::size_t i = 0; i < mating.size(); ++i) mating[i] = static_cast<Slot>(i * 7 % parents);
  variation.apply(pool.x, mating, slots(parents, children), 3, workers);
  return pool.x;
}

/// Those that handle one variable at a time.
std::vector<VariationOptions> separable_crossovers() {
  std::vector<VariationOptions> list(5);
  list[0].sbx.probability = 0.8;
  list[1].crossover = Crossover::uniform;
  for (std::size_t i = 2; i < list.size(); ++i) list[i].crossover = Crossover::differential;
  list[3].differential = {.f = 1.3, .cr = 0.3};
  list[4].differential.scheme = DifferentialOptions::Scheme::current_to_rand_1;
  list[4].differential.outside = DifferentialOptions::Outside::clip;
  for (VariationOptions& options : list) options.mutation.probability = 0.3;
  return list;
}

std::vector<VariationOptions> every_crossover() {
  std::vector<VariationOptions> list = separable_crossovers();
  for (const Crossover crossover : {Crossover::pcx, Crossover::spx, Crossover::undx}) {
    list.push_back({.crossover = crossover});
    list.back().mutation.probability = 0.3;
  }
  return list;
}

}  // namespace

TEST_CASE("kinds: a variable is real until it is said to be another, and again") {
  Bounds bounds(4, 0.0, 3.0);
  CHECK(bounds.all_real());
  for (const std::size_t j : {2u, 0u, 2u}) bounds.set_kind(j, VariableKind::integer);
  CHECK(std::vector<std::uint32_t>(bounds.discrete().begin(), bounds.discrete().end()) ==
        std::vector<std::uint32_t>{0, 2});
  CHECK(bounds.kind(1) == VariableKind::real);
  CHECK((bounds.is_level(1, 0.5) && !bounds.is_level(2, 0.5) && bounds.is_level(2, 1.0)));
  bounds.set_kind(0, VariableKind::real);
  bounds.set_kind(2, VariableKind::real);
  CHECK(bounds.all_real());
}

TEST_CASE("samples and children are on levels and inside random bounds, parents untouched") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Bounds bounds = random_kinds(1 + seed % 23, seed);
    for (const SamplingMethod method :
         {SamplingMethod::uniform, SamplingMethod::latin_hypercube, SamplingMethod::sobol}) {
      Population pool(70, {bounds.variables(), 1, 0});
      Workers workers(1);
      sample(method, pool, slots(0, 70), bounds, seed, workers);
      for (std::size_t i = 0; i < 70; ++i) REQUIRE(on_levels(bounds, pool.x, i));
    }
    for (const VariationOptions& options : every_crossover()) {
      const DecisionRows x = generation(options, bounds, 61);
      for (std::size_t i = 0; i < x.rows(); ++i) REQUIRE(on_levels(bounds, x, i));
    }
  }
}

TEST_CASE("variables of other kinds change nothing about the real ones") {
  for (const VariationOptions& options : separable_crossovers()) {
    const Bounds real(12);
    Bounds mixed(12);
    for (const std::size_t j : {0u, 3u, 4u, 11u}) mixed.set_kind(j, VariableKind::binary);
    const DecisionRows x = generation(options, real, 60);
    const DecisionRows y = generation(options, mixed, 60);
    for (std::size_t i = 0; i < x.rows(); ++i)
      for (const std::size_t j : {1u, 2u, 5u, 6u, 7u, 8u, 9u, 10u}) REQUIRE(x.row(i)[j] == y.row(i)[j]);
  }
}

TEST_CASE("mixed variables: the same bits for any number of threads and for AVX2 and AVX-512") {
  const Bounds bounds = random_kinds(40, 3);
  for (const VariationOptions& options : every_crossover()) {
    std::vector<std::vector<double>> results;
    for (const std::string& target : fusing_targets()) {
      const TargetGuard guard(target);
      for (const std::size_t threads : {1u, 2u, 7u})
        results.push_back(all_values(generation(options, bounds, 2001, threads)));
    }
    for (const auto& result : results) CHECK(result == results.front());
  }
}

TEST_CASE("a missing last child changes none of the others, mixed variables") {
  const Bounds bounds = random_kinds(15, 4);
  for (const VariationOptions& options : every_crossover()) {
    const DecisionRows even = generation(options, bounds, 100);
    const DecisionRows odd = generation(options, bounds, 99);
    for (std::size_t i = 0; i < odd.rows(); ++i)
      REQUIRE(std::equal(odd.row(i).begin(), odd.row(i).end(), even.row(i).begin()));
  }
}

TEST_CASE("every level is sampled as often, false alarm one in a million a case") {
  for (const SamplingMethod method :
       {SamplingMethod::uniform, SamplingMethod::latin_hypercube, SamplingMethod::sobol}) {
    // Negative, one level, two, and a number that no power of two divides.
    for (const auto& [lower, upper] : {std::pair{-3.0, 3.0}, std::pair{5.0, 5.0}, std::pair{0.0, 1.0}}) {
      const auto levels = static_cast<std::size_t>(upper - lower) + 1;
      std::vector<double> counts(levels, 0.0);
      for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Population pool(7, {2, 1, 0});
        Workers workers(1);
        sample(method, pool, slots(0, 7), single(VariableKind::integer, lower, upper, 2), seed, workers);
        ++counts[static_cast<std::size_t>(pool.x.row(seed % 7)[1] - lower)];
      }
      CHECK(chi_square(counts, std::vector<double>(levels, 4000.0 / static_cast<double>(levels))) <
            chi_square_limit(std::max(1.0, static_cast<double>(levels - 1))));
    }
  }
  Population pool(700, {1, 1, 0});
  Workers workers(1);
  sample(SamplingMethod::latin_hypercube, pool, slots(0, 700), single(VariableKind::ordinal, 0, 6), 1, workers);
  std::vector<int> counts(7, 0);
  for (std::size_t i = 0; i < 700; ++i) ++counts[static_cast<std::size_t>(pool.x.row(i)[0])];
  for (const int count : counts) CHECK(std::abs(count - 100) <= 1);
}

TEST_CASE("rounding keeps the mean of what the crossover made, false alarm one in a million") {
  constexpr std::size_t kPairs = 20000;
  DecisionRows x(2 + 2 * kPairs, 1);
  const Bounds bounds = single(VariableKind::integer, -10, 10);
  std::vector<Slot> parents(2 * kPairs);
  for (std::size_t i = 0; i < parents.size(); ++i) parents[i] = static_cast<Slot>(i % 2);
  const auto children = slots(2, 2 * kPairs);
  for (const Slot i : children) x.row(i)[0] = -2.3;
  discrete_crossover({}, bounds, {x, parents, children}, {1, 1, Stage::crossover}, {0, kPairs});
  std::vector<double> counts(2, 0.0);
  for (const Slot i : children) {
    REQUIRE((x.row(i)[0] == -3.0 || x.row(i)[0] == -2.0));
    ++counts[x.row(i)[0] == -2.0];
  }
  CHECK(chi_square(counts, {0.3 * 2 * kPairs, 0.7 * 2 * kPairs}) < chi_square_limit(1));
}

TEST_CASE("levels come from the parents: complementary in a pair, each parent as often in a larger group") {
  for (const std::size_t parents : {2u, 3u, 5u}) {
    const std::size_t d = 6000;
    const Bounds bounds = single(VariableKind::ordinal, 0, 9, d);
    DecisionRows x(parents + 2, d);
    for (std::size_t i = 0; i < parents; ++i)
      for (std::size_t j = 0; j < d; ++j) x.row(i)[j] = static_cast<double>(i);
    discrete_crossover({.parents = parents, .children = 2}, bounds, {x, slots(0, parents), slots(parents, 2)},
                       {1, 1, Stage::crossover}, {0, 1});
    std::vector<double> counts(parents, 0.0);
    for (std::size_t j = 0; j < d; ++j) {
      const auto first = static_cast<std::size_t>(x.row(parents)[j]);
      ++counts[first];
      REQUIRE(x.row(parents + 1)[j] == static_cast<double>((first + 1) % parents));
    }
    CHECK(chi_square(counts, std::vector<double>(parents, static_cast<double>(d) / static_cast<double>(parents))) <
          chi_square_limit(static_cast<double>(parents - 1)));
  }
}

TEST_CASE("a pair that does not cross is copied with all its kinds") {
  VariationOptions options;
  options.sbx.probability = 0.0;
  options.mutation.probability = 0.0;
  const DecisionRows x = generation(options, random_kinds(20, 6), 60);
  for (std::size_t i = 0; i < 60; ++i) {
    const auto parent = x.row(i * 7 % 40);
    REQUIRE(std::equal(parent.begin(), parent.end(), x.row(40 + i).begin()));
  }
}

TEST_CASE("differences of levels: a neighbour, or the other bit, with the probability of the weight") {
  constexpr std::size_t d = 20000;
  for (const VariableKind kind : {VariableKind::ordinal, VariableKind::binary}) {
    const bool binary = kind == VariableKind::binary;
    const Bounds bounds = single(kind, 0, binary ? 1 : 4, d);
    DecisionRows x(5, d);
    for (std::size_t j = 0; j < d; ++j) {
      x.row(1)[j] = 1.0;                     // r1
      x.row(2)[j] = j % 2 == 0 ? 0.0 : 1.0;  // r2, equal to r3 every second time
      x.row(3)[j] = 1.0;
    }
    const DifferentialOptions options{.f = 0.4, .cr = 0.5};
    discrete_crossover({.parents = 4, .children = 1, .differential = &options}, bounds, {x, slots(0, 4), slots(4, 1)},
                       {1, 1, Stage::crossover}, {0, 1});
    std::vector<double> moved(2, 0.0);
    std::vector<double> stayed(2, 0.0);
    for (std::size_t j = 0; j < d; ++j) ++(j % 2 == 0 ? moved : stayed)[x.row(4)[j] == 1.0];
    CHECK(chi_square(stayed, {0.5 * d / 2, 0.5 * d / 2}) < chi_square_limit(1));
    CHECK(chi_square(moved, {0.7 * d / 2, 0.3 * d / 2}) < chi_square_limit(1));
  }
}

TEST_CASE("steps of integers are geometric and cut at the bounds, false alarm one in a million a case") {
  constexpr std::size_t d = 100000;
  for (const double eta : {0.0, 8.0, 1000.0}) {
    const Bounds bounds = single(VariableKind::integer, -20, 30, d);
    DecisionRows x(1, d);
    for (double& value : x.row(0)) value = 25.0;
    discrete_mutation({.probability = 1.0, .eta = eta}, bounds, x, slots(0, 1), {1, 1, Stage::mutate}, 0);
    const double stay = 1.0 - 1.0 / std::max(1.0, 50.0 / (eta + 2.0));
    std::vector<double> observed(51, 0.0);
    std::vector<double> expected(51, 0.0);
    for (const double value : x.row(0)) ++observed[static_cast<std::size_t>(value + 20.0)];
    for (std::size_t k = 1; k <= 45; ++k)
      expected[45 - k] = d / 2.0 * std::pow(stay, k - 1.0) * (1.0 - stay) / (1.0 - std::pow(stay, 45.0));
    for (std::size_t k = 1; k <= 5; ++k)
      expected[45 + k] = d / 2.0 * std::pow(stay, k - 1.0) * (1.0 - stay) / (1.0 - std::pow(stay, 5.0));
    // What is expected less than five times counts as one.
    std::vector<double> o{0.0}, e{0.0};
    for (std::size_t i = 0; i < 51; ++i) {
      if (expected[i] >= 5.0) {
        o.push_back(observed[i]);
        e.push_back(expected[i]);
      } else {
        o[0] += observed[i];
        e[0] += expected[i];
      }
    }
    CHECK(observed[45] == 0.0);
    if (e[0] < 5.0) {
      CHECK(o[0] <= 30.0);
      o.erase(o.begin());
      e.erase(e.begin());
    }
    CHECK(chi_square(o, e) < chi_square_limit(static_cast<double>(o.size() - 1)));
  }
}

TEST_CASE("mutation: how often, and what becomes of each kind") {
  constexpr std::size_t d = 50000;
  for (const VariableKind kind : {VariableKind::integer, VariableKind::ordinal, VariableKind::binary}) {
    const bool binary = kind == VariableKind::binary;
    const Bounds bounds = single(kind, 0, binary ? 1 : 6, d);
    for (const double probability : {0.0, 0.07, 1.0}) {
      DecisionRows x(1, d);
      for (std::size_t j = 0; j < d; ++j) x.row(0)[j] = static_cast<double>(j % (binary ? 2 : 7));
      discrete_mutation({.probability = probability}, bounds, x, slots(0, 1), {1, 1, Stage::mutate}, 0);
      double changed = 0.0;
      bool neighbours = true;
      for (std::size_t j = 0; j < d; ++j) {
        const double step = std::abs(x.row(0)[j] - static_cast<double>(j % (binary ? 2 : 7)));
        changed += step > 0.0;
        neighbours = neighbours && step <= 1.0;
      }
      CHECK(std::abs(changed - d * probability) <= 5.0 * std::sqrt(d * probability * (1.0 - probability)));
      if (kind != VariableKind::integer) CHECK(neighbours);
    }
    const Bounds fixed = single(kind, 1, 1, 10);
    DecisionRows one(1, 10);
    for (double& value : one.row(0)) value = 1.0;
    discrete_mutation({.probability = 1.0}, fixed, one, slots(0, 1), {1, 1, Stage::mutate}, 0);
    for (const double value : one.row(0)) CHECK(value == 1.0);
  }
}

TEST_CASE("the widest integers stay exact") {
  const Bounds bounds = single(VariableKind::integer, -kLargestLevel, kLargestLevel, 9);
  for (const VariationOptions& options : every_crossover()) {
    const DecisionRows x = generation(options, bounds, 200);
    for (std::size_t i = 0; i < x.rows(); ++i) REQUIRE(on_levels(bounds, x, i));
  }
}
