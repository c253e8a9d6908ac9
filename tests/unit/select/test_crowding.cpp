#include "engine/select/crowding.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/random/philox.hpp"
#include "tests/reference/crowding.hpp"

using namespace millrace;

TEST_CASE("crowding distance equals the search for neighbours, ties and constant columns included") {
  CrowdingDistance crowding;
  for (std::uint32_t c = 0; c < 5000; ++c) {
    RowDraws draws({51, 0, Stage::sample}, c);
    const std::size_t m = 1 + draws.below(5), n = draws.below(30);
    Columns f(n, m);
    for (std::size_t k = 0; k < m; ++k) {
      const std::uint32_t kind = draws.below(4);
      for (double& value : f.column(k))
        value = kind == 0 ? draws.next_double() : static_cast<double>(draws.below(kind == 1 ? 1 : 5));
    }
    std::vector<Slot> front(n);
    for (std::size_t i = 0; i < n; ++i) front[i] = static_cast<Slot>(i);
    shuffle<Slot>(front, draws);
    std::vector<double> distance(n, -1.0);
    crowding.compute(f, front, distance);
    const auto expected = reference::crowding_distance(f, front);
    for (std::size_t i = 0; i < n; ++i) {
      if (std::isinf(expected[i])) CHECK(std::isinf(distance[i]));
      else CHECK(distance[i] == Approx(expected[i]).margin(1e-12));
    }
  }
}

TEST_CASE("crowding distance of one, two and infinite points") {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Columns f(4, 1);
  f(0, 0) = 1.0;
  f(1, 0) = 2.0;
  f(2, 0) = kInfinity;
  f(3, 0) = kInfinity;
  std::vector<double> one(1), two(2), four(4);
  crowding_distance(f, std::vector<Slot>{1}, one);
  CHECK(one[0] == 0.0);
  crowding_distance(f, std::vector<Slot>{1, 0}, two);
  CHECK((std::isinf(two[0]) && std::isinf(two[1])));
  crowding_distance(f, std::vector<Slot>{0, 1, 2, 3}, four);
  CHECK(four == std::vector<double>{kInfinity, kInfinity, kInfinity, kInfinity});
}
