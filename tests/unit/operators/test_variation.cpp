#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "operators/catalogue.hpp"
#include "operators/variation.hpp"
#include "tests/unit/operators/rows.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

using Crossover = VariationOptions::Crossover;

constexpr Crossover kEveryCrossover[] = {Crossover::sbx, Crossover::uniform, Crossover::differential,
                                         Crossover::pcx, Crossover::spx,     Crossover::undx};

std::size_t groups_for(const Variation& variation, std::size_t children) {
  return (children + variation.children_per_group() - 1) / variation.children_per_group();
}

/// Rows of parents and the given number of children behind them, from scattered parents.
DecisionRows generation(const VariationOptions& options, std::size_t d, std::size_t children, std::size_t threads,
                        std::uint32_t number = 3) {
  const Bounds bounds = uneven_bounds(d);
  const Variation variation(options, bounds, 42);
  const std::size_t count = groups_for(variation, children) * variation.parents_per_group();
  DecisionRows x = random_rows(bounds, 50, 50 + children);
  std::vector<Slot> parents(count);
  for (std::size_t i = 0; i < count; ++i) parents[i] = static_cast<Slot>(i * 7 % 50);
  Workers workers(threads);
  variation.apply(x, parents, slots(50, children), number, workers);
  return x;
}

}  // namespace

TEST_CASE("variation gives the same bits for any number of threads and for AVX2 and AVX-512") {
  for (const Crossover crossover : kEveryCrossover) {
    VariationOptions options{.crossover = crossover};
    options.sbx.probability = 0.9;
    options.differential.cr = 0.5;
    for (const std::size_t d : {1u, 14u, 1000u}) {
      const std::size_t children = d == 1000 ? 301 : 3001;
      std::vector<std::vector<double>> results;
      for (const std::string& target : fusing_targets()) {
        const TargetGuard guard(target);
        for (const std::size_t threads : {1u, 2u, 7u})
          results.push_back(all_values(generation(options, d, children, threads)));
      }
      for (const auto& result : results) CHECK(result == results.front());
    }
  }
}

TEST_CASE("children are inside the bounds, parents untouched") {
  for (const Crossover crossover : kEveryCrossover) {
    for (const std::size_t d : kSizes) {
      const Bounds bounds = uneven_bounds(d);
      const DecisionRows before = random_rows(bounds, 50, 50);
      const DecisionRows x = generation({.crossover = crossover}, d, 77, 1);
      for (std::size_t i = 0; i < x.rows(); ++i) REQUIRE(inside(bounds, x, i));
      for (std::size_t i = 0; i < 50; ++i) REQUIRE(std::equal(x.row(i).begin(), x.row(i).end(), before.row(i).begin()));
    }
  }
}

TEST_CASE("a missing last child changes none of the others") {
  for (const Crossover crossover : {Crossover::sbx, Crossover::uniform}) {
    const DecisionRows even = generation({.crossover = crossover}, 14, 100, 1);
    const DecisionRows odd = generation({.crossover = crossover}, 14, 99, 1);
    for (std::size_t i = 0; i < odd.rows(); ++i)
      REQUIRE(std::equal(odd.row(i).begin(), odd.row(i).end(), even.row(i).begin()));
  }
}

TEST_CASE("variation is crossover, then mutation of each child with its own row") {
  const Bounds bounds = uneven_bounds(14);
  const DecisionRows x = generation({}, 14, 20, 1);
  DecisionRows y = random_rows(bounds, 50, 70);
  for (std::uint32_t q = 0; q < 10; ++q)
    sbx({}, bounds, y.row_data(14 * q % 50), y.row_data((14 * q + 7) % 50), y.row_data(50 + 2 * q),
        y.row_data(51 + 2 * q), {42, 3, Stage::crossover}, q);
  for (std::uint32_t i = 0; i < 20; ++i) polynomial_mutation({}, bounds, y.row_data(50 + i), {42, 3, Stage::mutate}, i);
  CHECK(all_values(x) == all_values(y));
}

TEST_CASE("generations and seeds differ") {
  CHECK(all_values(generation({}, 14, 20, 1, 3)) != all_values(generation({}, 14, 20, 1, 4)));
}

TEST_CASE("variation accepts no children and refuses lists that do not match") {
  const Bounds bounds(5);
  const Variation variation({}, bounds, 1);
  Workers workers(1);
  DecisionRows x(10, 5);
  variation.apply(x, {}, {}, 0, workers);
  const auto parents = slots(0, 4);
  CHECK_THROWS_WITH(variation.apply(x, parents, slots(5, 5), 0, workers),
                    "5 children need 3 groups of 2 parents, but 4 parents were given");
  CHECK_THROWS(variation.apply(x, parents, slots(5, 2), 0, workers));
}

TEST_CASE("variation reports the options of what it uses only") {
  VariationOptions options;
  options.differential.f = -1.0;
  CHECK(options.error().empty());
  options.crossover = Crossover::differential;
  CHECK_FALSE(options.error().empty());
  CHECK_THROWS_AS(Variation(options, Bounds(2), 1), std::invalid_argument);
  VariationOptions mutation;
  mutation.mutation.eta = -1.0;
  CHECK_FALSE(mutation.error().empty());
}

TEST_CASE("the catalogue names each operator once") {
  std::set<std::string> names;
  for (const OperatorEntry& entry : operator_catalogue()) {
    CHECK(names.insert(std::string(entry.kind) + " " + std::string(entry.name)).second);
    CHECK_FALSE(entry.description.empty());
  }
  CHECK(names.size() == operator_catalogue().size());
}
