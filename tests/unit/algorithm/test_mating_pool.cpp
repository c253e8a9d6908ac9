#include <catch2/catch.hpp>

#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "engine/algorithm/mating_pool.hpp"

using namespace millrace;

TEST_CASE("over two shuffles every parent meets two others, and the preferred one is taken") {
  std::vector<Slot> parents(10);
  std::iota(parents.begin(), parents.end(), Slot{5});
  MatingPool pool;
  std::map<Slot, int> met;
  const auto chosen = pool.tournaments(parents, 10, {1, 1, Stage::pair}, [&](Slot a, Slot b) {
    // prefer() may be asked once a meeting only.
    ++met[a];
    ++met[b];
    CHECK(a != b);
    return a < b ? Preference::first : Preference::second;
  });
  CHECK(chosen.size() == 10);
  for (const Slot i : parents) CHECK(met[i] == 2);
  std::map<Slot, int> won;
  for (const Slot i : chosen) ++won[i];
  CHECK(won[5] == 2);
  CHECK(won.count(14) == 0);
}

TEST_CASE("without a preference a coin decides: both win about half of the meetings") {
  // 2,000 fair coins leave 1,000 +- 6 standard deviations (false alarms below 1e-8).
  const std::vector<Slot> parents = {0, 1};
  MatingPool pool;
  const auto chosen = pool.tournaments(parents, 2000, {7, 1, Stage::pair}, [](Slot, Slot) { return Preference::none; });
  const auto ones = std::count(chosen.begin(), chosen.end(), Slot{1});
  CHECK(ones > 1000 - 6 * 22.4);
  CHECK(ones < 1000 + 6 * 22.4);
}

TEST_CASE("a permutation takes every parent once before any twice") {
  std::vector<Slot> parents(10);
  std::iota(parents.begin(), parents.end(), Slot{5});
  MatingPool pool;
  const auto chosen = pool.permutation(parents, 23, {1, 1, Stage::pair});
  REQUIRE(chosen.size() == 23);
  CHECK(std::set<Slot>(chosen.begin(), chosen.begin() + 10).size() == 10);
  CHECK(std::set<Slot>(chosen.begin() + 10, chosen.begin() + 20).size() == 10);
  CHECK_FALSE(std::equal(chosen.begin(), chosen.begin() + 10, chosen.begin() + 10));
}

TEST_CASE("one parent mates with itself, odd numbers leave one out a shuffle") {
  MatingPool pool;
  const std::vector<Slot> one = {3};
  for (const Slot i : pool.tournaments(one, 4, {1, 1, Stage::pair}, [](Slot, Slot) { return Preference::none; }))
    CHECK(i == 3);
  const std::vector<Slot> odd = {1, 2, 3};
  CHECK(pool.tournaments(odd, 7, {1, 1, Stage::pair}, [](Slot, Slot) { return Preference::first; }).size() == 7);
}

TEST_CASE("differential groups are the target and three distinct others") {
  std::vector<Slot> parents(20);
  std::iota(parents.begin(), parents.end(), Slot{100});
  MatingPool pool;
  const auto groups = pool.differential(parents, parents, {3, 2, Stage::pair});
  REQUIRE(groups.size() == 80);
  for (std::size_t t = 0; t < 20; ++t) {
    CHECK(groups[4 * t] == parents[t]);
    CHECK(std::set<Slot>(groups.begin() + 4 * t, groups.begin() + 4 * t + 4).size() == 4);
  }
}

TEST_CASE("feasibility decides before anything else") {
  Population pool(3, {1, 1, 1});
  pool.violation[1] = 0.5;
  pool.violation[2] = 0.7;
  CHECK(prefer_less_violation(pool, 0, 1) == Preference::first);
  CHECK(prefer_less_violation(pool, 2, 1) == Preference::second);
  CHECK(prefer_less_violation(pool, 0, 0) == Preference::none);
}
