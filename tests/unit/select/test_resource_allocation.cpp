#include "engine/select/resource_allocation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

using namespace millrace;

TEST_CASE("utility falls where nothing is gained and recovers with a gain") {
  ResourceAllocation allocation(das_dennis(2, 3));
  const std::vector<double> before = {1.0, 2.0, 0.0, std::numeric_limits<double>::quiet_NaN()};
  allocation.learn(before, std::vector<double>{1.0, 2.0 - 0.001, 0.0, 1.0});
  CHECK(allocation.utility()[0] == Approx(0.95));
  CHECK(allocation.utility()[1] == Approx(0.975));
  CHECK(allocation.utility()[2] == Approx(0.95));
  CHECK(allocation.utility()[3] == 1.0);
  allocation.learn(before, std::vector<double>{0.9, 2.5, 0.0, 1.0});
  CHECK(allocation.utility()[0] == 1.0);
  CHECK(allocation.utility()[1] == Approx(0.975 * 0.95));
}

TEST_CASE("axes come first, the others by utility") {
  const ReferenceDirections directions = das_dennis(3, 12);
  ResourceAllocation allocation(directions);
  const std::size_t n = directions.count();
  std::fill(allocation.utility().begin(), allocation.utility().end(), 0.1);
  for (std::size_t j = 40; j < 60; ++j) allocation.utility()[j] = 1.0;
  std::vector<std::uint32_t> chosen;
  std::size_t good = 0;
  for (std::uint32_t generation = 1; generation <= 50; ++generation) {
    allocation.choose(18, {1, generation, Stage::tournament}, chosen);
    REQUIRE(chosen.size() == 18);
    for (std::size_t c = 0; c < 3; ++c) {
      const std::uint32_t j = chosen[c];
      REQUIRE(std::max({directions.weights()(j, 0), directions.weights()(j, 1), directions.weights()(j, 2)}) == 1.0);
    }
    for (std::size_t c = 3; c < 18; ++c) {
      REQUIRE(chosen[c] < n);
      good += chosen[c] >= 40 && chosen[c] < 60;
    }
  }
  // 1 - (71/91)^10 = 0.916 of 750 tournaments have a good one.
  CHECK(good > 650);
  CHECK(good < 730);
  allocation.choose(2, {1, 1, Stage::tournament}, chosen);
  CHECK(chosen.size() == 2);
}
