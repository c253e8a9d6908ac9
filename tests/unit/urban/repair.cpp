#include <catch2/catch.hpp>

#include <cmath>

#include "problems/urban/case_fault.hpp"
#include "problems/urban/complete_allocation.hpp"
#include "problems/urban/urban.hpp"
#include "tests/unit/urban/lanes.hpp"

namespace millrace {
namespace {

/// Child of two feasible parents as SBX (eta 15) and a mutation would make it.
std::vector<double> perturbed(const AllocationNetwork& network, const std::vector<double>& a,
                              const std::vector<double>& b, RowDraws& draws) {
  std::vector<double> x(a.size());
  for (std::size_t l = 0; l < x.size(); ++l) {
    const double u = draws.next_double();
    const double spread = u < 0.5 ? std::pow(2.0 * u, 1.0 / 16.0) : std::pow(0.5 / (1.0 - u), 1.0 / 16.0);
    x[l] = draws.next_double() < 0.5 ? a[l] : 0.5 * ((1.0 + spread) * a[l] + (1.0 - spread) * b[l]);
    if (draws.next_double() < 1.0 / static_cast<double>(x.size()))
      x[l] += 0.2 * (draws.next_double() - 0.5) * network.link_upper[l];
    x[l] = std::clamp(x[l], 0.0, network.link_upper[l]);
  }
  return x;
}

Tile child_tile(const UrbanProblem& problem, std::uint32_t number) {
  Scratch scratch;
  Tile one = random_tile(problem.network(), 2 * number, 0.3);
  Tile two = random_tile(problem.network(), 2 * number + 1, 0.3);
  problem.repair(one, scratch);
  problem.repair(two, scratch);
  return tile_of(problem.network().links(), [&](Slot lane) {
    RowDraws draws({22, number, Stage::sample}, lane);
    return perturbed(problem.network(), lane_of(one, lane), lane_of(two, lane), draws);
  });
}

bool inside_bounds(const UrbanProblem& problem, const Tile& tile) {
  for (std::size_t l = 0; l < tile.variables(); ++l)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      if (!(tile.column(l)[lane] >= 0.0 && tile.column(l)[lane] <= problem.spec().bounds.upper(l))) return false;
  return true;
}

bool same(const Tile& a, const Tile& b) {
  return std::equal(a.column(0), a.column(0) + a.variables() * kLanes, b.column(0));
}

}  // namespace

TEST_CASE("repair makes random individuals and offspring feasible in every year") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (const std::string& year : urban.scenarios) {
    const UrbanProblem problem(urban, {.scenario = year});
    Scratch scratch;
    std::size_t before_random = 0;
    std::size_t before_child = 0;
    for (std::uint32_t number = 0; number < 50; ++number) {
      Tile random = random_tile(problem.network(), number, number % 3 * 0.3);
      Tile child = child_tile(problem, number);
      before_random += feasible_lanes(problem, random);
      before_child += feasible_lanes(problem, child);
      for (Tile* tile : {&random, &child}) {
        problem.repair(*tile, scratch);
        REQUIRE(feasible_lanes(problem, *tile) == kLanes);
        REQUIRE(inside_bounds(problem, *tile));
        // A repaired individual stays as it is, bit by bit.
        const Tile once = *tile;
        problem.repair(*tile, scratch);
        REQUIRE(same(once, *tile));
      }
    }
    // Out of 3200: it is the repair that makes them feasible.
    CHECK(before_random < 10);
    CHECK(before_child < 320);
  }
}

TEST_CASE("the lane kernel alone finishes nearly every lane") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (const std::string& year : urban.scenarios) {
    const UrbanProblem problem(urban, {.scenario = year});
    const AllocationNetwork& network = problem.network();
    AlignedVector<double> sums(network.nodes() * kLanes);
    AlignedVector<double> unfinished(kLanes);
    double left = 0.0;
    for (std::uint32_t number = 0; number < 50; ++number) {
      Tile tile = random_tile(network, number);
      repair_allocation(network, tile, sums.data(), unfinished.data());
      for (const double flag : unfinished) left += flag;
    }
    CHECK(left <= 0.04 * 50 * kLanes);
  }
}

TEST_CASE("repair moves little more than the nearest feasible allocation asks for") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (const std::string& year : urban.scenarios) {
    const UrbanProblem problem(urban, {.scenario = year});
    const AllocationNetwork& network = problem.network();
    const auto limits = sum_limits(network);
    Scratch scratch;
    for (const bool offspring : {false, true}) {
      double moved = 0.0;
      double least = 0.0;
      const Tile before = offspring ? child_tile(problem, 3) : random_tile(network, 3);
      Tile after = before;
      problem.repair(after, scratch);
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const auto x = lane_of(before, lane);
        moved += distance(x, lane_of(after, lane));
        least += distance(x, reference::nearest_allocation(x, network.link_upper, limits, 1000));
      }
      INFO(year << (offspring ? " offspring " : " random ") << moved / least);
      CHECK(moved >= 0.999 * least);
      CHECK(moved <= (offspring ? 1.15 : 1.35) * least);
    }
  }
}

TEST_CASE("repair keeps feasible allocations, on the faces too") {
  const UrbanProblem problem(load_urban_case("pingliang"), {.scenario = "2025"});
  const AllocationNetwork& network = problem.network();
  // All surface water to the households, every user at its lower limit, least groundwater; and every user at its upper.
  std::vector<double> low = {730, 0, 0, 0, 0.9 * 1237.35 - 730, 0, 0.9 * 1339.50, 0.9 * 176.96, 0, 0, 0.9 * 213.0};
  std::vector<double> high = {730, 0, 0, 0, 1.1 * 1237.35 - 730, 0, 1.1 * 1339.50, 0, 0, 1.1 * 176.96, 1.1 * 213.0};
  Scratch scratch;
  for (const auto& x : {low, high}) {
    Tile tile = tile_of(
        network.links(), [&](Slot) { return x; }, 5);
    CHECK(feasible_lanes(problem, tile) == kLanes);
    problem.repair(tile, scratch);
    const auto after = lane_of(tile, 2);
    for (std::size_t l = 0; l < x.size(); ++l) CHECK(after[l] == Approx(x[l]).epsilon(1e-12).margin(1e-12));
  }
}

TEST_CASE("repair reaches the faces from outside") {
  const UrbanProblem problem(load_urban_case("pingliang"), {.scenario = "2025"});
  const AllocationNetwork& network = problem.network();
  Scratch scratch;
  // Nothing at all becomes the lower limit of the users that the use rates do not push further.
  Tile none = tile_of(network.links(), [&](Slot) { return std::vector<double>(network.links(), 0.0); });
  problem.repair(none, scratch);
  const auto sum = [&](const Tile& tile, std::size_t p) {
    double total = 0.0;
    for (const auto l : network.links_of(p)) total += tile.column(l)[0];
    return total;
  };
  for (const std::size_t user : {network.sources, network.sources + 1})
    CHECK(sum(none, user) == Approx(network.least[user]));
  // Water for everybody without end becomes the upper limit of those that can have it and used-up surface water.
  Tile all = tile_of(network.links(), [&](Slot) { return network.link_upper; });
  problem.repair(all, scratch);
  CHECK(sum(all, network.nodes() - 1) == Approx(network.most.back()));
  CHECK(sum(all, network.nodes() - 2) == Approx(network.most[network.nodes() - 2]));
  // Groundwater asked for as little as possible stays at its least: the households' need beyond the surface water.
  std::vector<double> dry = {730, 0, 0, 0, 0, 0, 1300, 170, 150, 10, 60};
  Tile least_ground = tile_of(network.links(), [&](Slot) { return dry; });
  problem.repair(least_ground, scratch);
  CHECK(sum(least_ground, 1) == Approx(383.615));
}

TEST_CASE("a lane does not depend on its neighbours or on how many there are") {
  const UrbanProblem problem(generate_city({.sources = 6, .users = 10, .periods = 1, .seed = 8}), {});
  Scratch scratch;
  Tile together = random_tile(problem.network(), 1, 0.4);
  const Tile before = together;
  problem.repair(together, scratch);
  for (const std::size_t lane : {0, 13, 63}) {
    const auto x = lane_of(before, lane);
    Tile alone = tile_of(
        x.size(), [&](Slot) { return x; }, 1);
    problem.repair(alone, scratch);
    CHECK(lane_of(alone, 0) == lane_of(together, lane));
  }
}

TEST_CASE("synthetic cities are repaired as well") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const UrbanCase city = generate_city(
        {.sources = 2 + 3 * seed, .users = 4 + 5 * seed, .periods = 1, .seed = seed, .links_per_user = 1 + seed % 4});
    const UrbanProblem problem(city, {});
    Scratch scratch;
    for (const double zeros : {0.0, 0.7, 1.0}) {
      Tile tile = random_tile(problem.network(), 4, zeros);
      problem.repair(tile, scratch);
      CHECK(feasible_lanes(problem, tile) == kLanes);
      CHECK(inside_bounds(problem, tile));
    }
  }
}

TEST_CASE("without its repair a problem leaves individuals alone") {
  const UrbanCase urban = load_urban_case("pingliang");
  CHECK(make_urban_problem(urban).repairs());
  CHECK_FALSE(make_urban_problem(urban, {.repair = false}).repairs());
}

TEST_CASE("complete_allocation finds a way through several nodes, or proves that there is none") {
  // a holds all of s1; b can change to s2, which only c needs to leave for s3: a path through five links.
  UrbanCase urban;
  urban.name = "chain";
  urban.scenarios = {"now"};
  urban.objectives = {UrbanObjective::groundwater};
  urban.units.volume = {"m3", 1.0};
  for (const char* name : {"s1", "s2", "s3"}) {
    UrbanSource source;
    source.name = name;
    source.available = {10.0};
    source.use_rate = {0.0};
    source.groundwater = true;
    urban.sources.push_back(source);
  }
  for (const char* name : {"a", "b", "c"}) {
    UrbanUser user;
    user.name = name;
    user.demand = {10.0};
    user.demand_lower = {1.0};
    user.demand_upper = {1.0};
    urban.users.push_back(user);
  }
  urban.links = {{0, 0, {}, {}}, {0, 1, {}, {}}, {1, 1, {}, {}}, {1, 2, {}, {}}, {2, 2, {}, {}}};
  REQUIRE_FALSE(case_fault(urban).has_value());
  const UrbanProblem problem(urban, {});
  Tile tile = tile_of(5, [](Slot) { return std::vector<double>{0, 10, 0, 10, 0}; });
  Scratch scratch;
  problem.repair(tile, scratch);
  CHECK(lane_of(tile, 0) == std::vector<double>{10, 0, 10, 0, 10});

  urban.links.pop_back();
  const AllocationNetwork cut(urban, 0);
  std::vector<double> x(4, 0.0);
  CompletionWork work;
  CHECK(complete_allocation(cut, x, work) == Approx(10.0));
}

}  // namespace millrace
