#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/algorithm/moea_dd.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/random/philox.hpp"
#include "problems/suite/catalogue.hpp"
#include "tests/reference/subregions.hpp"

using namespace millrace;

namespace {

/// Values on a grid of halves where coarse, so that everything ties and sums are exact.
reference::Placed random_individual(RowDraws& draws, std::size_t objectives, std::uint32_t subregions, bool coarse,
                                    double infeasible) {
  reference::Placed p;
  const auto number = [&] { return coarse ? 0.5 * draws.below(4) : draws.next_double(); };
  for (std::size_t k = 0; k < objectives; ++k) p.f.push_back(number());
  if (draws.next_double() < infeasible) p.violation = 0.25 + number();
  p.subregion = draws.below(subregions);
  p.value = coarse ? number() : static_cast<double>(draws.below(1u << 20)) * 0x1p-20;
  return p;
}

void write(const reference::Placed& p, Population& pool, Slot i) {
  for (std::size_t k = 0; k < p.f.size(); ++k) pool.f(i, k) = p.f[k];
  pool.violation[i] = p.violation;
}

/// A population in which everybody has his own slot, newcomers included.
void check_against_definition(std::uint32_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  const std::size_t n = 2 + draws.below(20);
  const std::size_t objectives = 2 + draws.below(3);
  const std::uint32_t subregions = 1 + draws.below(15);
  const bool coarse = seed % 2 == 0;
  const double infeasible = seed % 3 == 0 ? 0.3 : 0.0;
  constexpr std::size_t kNewcomers = 40;
  Workers workers(1);
  Population pool(n + kNewcomers, {1, objectives, 0});
  std::vector<reference::Placed> all;
  std::vector<Slot> slots;
  std::vector<Located> located;
  for (Slot i = 0; i < n; ++i) {
    all.push_back(random_individual(draws, objectives, subregions, coarse, infeasible));
    write(all.back(), pool, i);
    slots.push_back(i);
    located.push_back({i, all.back().subregion, all.back().value});
  }
  Subregions fast(n, subregions, objectives);
  fast.begin(pool, located);
  for (std::size_t c = 0; c < kNewcomers; ++c) {
    const auto slot = static_cast<Slot>(n + c);
    all.push_back(random_individual(draws, objectives, subregions, coarse, c < kNewcomers / 2 ? infeasible : 0.0));
    write(all.back(), pool, slot);
    slots.push_back(slot);
    const Slot gone = fast.exchange(pool, {slot, all.back().subregion, all.back().value}, workers);
    const std::size_t expected = reference::who_goes(all);
    CAPTURE(seed, c, n, subregions);
    REQUIRE(gone == slots[expected]);
    all[expected] = all.back();
    slots[expected] = slots.back();
    all.pop_back();
    slots.pop_back();
    for (std::size_t p = 0; p < n; ++p) REQUIRE(fast.members()[p].slot == slots[p]);
  }
}

}  // namespace

TEST_CASE("who goes when one comes is who goes by MOEA/DD's definition, ties and violations included") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) check_against_definition(seed);
}

TEST_CASE("MOEA/DD reaches the front of DTLZ2 along every direction") {
  Workers workers(1);
  Evaluator evaluator(make_suite_problem("dtlz2", 3), workers);
  MoeaDd algorithm({evaluator.problem().spec(), 3, workers}, {.population = 91});
  for (int generation = 0; generation < 150; ++generation) {
    const Batch batch = algorithm.ask();
    evaluator.evaluate(batch.pool, batch.slots);
    algorithm.tell();
  }
  CHECK(algorithm.survivors().size() == 91);
  const Columns& f = algorithm.pool().f;
  double off = 0.0;
  double largest[3] = {0.0, 0.0, 0.0};
  for (const Slot i : algorithm.survivors()) {
    off = std::max(off, std::abs(std::hypot(f(i, 0), f(i, 1), f(i, 2)) - 1.0));
    for (std::size_t k = 0; k < 3; ++k) largest[k] = std::max(largest[k], f(i, k));
  }
  CHECK(off < 0.02);
  for (const double value : largest) CHECK(value > 0.98);
}

TEST_CASE("MOEA/DD: options out of range are refused") {
  CHECK(MoeaDdOptions{}.error().empty());
  CHECK_FALSE(MoeaDdOptions{.population = 3}.error().empty());
  CHECK_FALSE(MoeaDdOptions{.theta = -1.0}.error().empty());
  CHECK_FALSE(MoeaDdOptions{.neighbourhood = 1}.error().empty());
  CHECK_FALSE(MoeaDdOptions{.delta = 1.1}.error().empty());
}
