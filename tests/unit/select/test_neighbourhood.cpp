#include "engine/select/neighbourhood.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "engine/random/philox.hpp"
#include "tests/reference/decomposition.hpp"

using namespace millrace;

namespace {

void check_all(const ReferenceDirections& directions, std::size_t size) {
  Workers workers(1);
  const Neighbourhood neighbourhood(directions, size, workers);
  REQUIRE(neighbourhood.size() == std::min(size, directions.count()));
  for (std::size_t i = 0; i < directions.count(); ++i) {
    const auto near = neighbourhood.of(i);
    CAPTURE(i, directions.objectives(), directions.count(), size);
    REQUIRE(near.front() == i);
    REQUIRE(std::vector<std::uint32_t>(near.begin(), near.end()) ==
            reference::nearest_rows(directions.weights(), i, size));
  }
}

ReferenceDirections random_directions(std::size_t n, std::size_t m, std::uint32_t seed) {
  Columns weights(n, m);
  for (std::uint32_t i = 0; i < n; ++i) {
    RowDraws draws({seed, 0, Stage::direction}, i);
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += weights(i, k) = draws.next_double();
    for (std::size_t k = 0; k < m; ++k) weights(i, k) /= sum;
  }
  return ReferenceDirections(std::move(weights));
}

}  // namespace

TEST_CASE("neighbours on a lattice are those of a comparison with all") {
  for (const auto& [m, divisions] :
       {std::pair<std::size_t, std::size_t>{2, 1}, {2, 30}, {3, 1}, {3, 12}, {4, 7}, {5, 6}, {6, 4}, {8, 3}, {10, 2}})
    for (const std::size_t size : {2, 7, 20, 64}) check_all(das_dennis(m, divisions), size);
}

TEST_CASE("neighbours of other directions are the nearest") {
  for (const std::size_t size : {2, 20, 64}) {
    check_all(two_layer(8, 3, 2), size);
    check_all(two_layer(10, 2, 1), size);
    for (const std::size_t n : {1, 5, 33, 150}) check_all(random_directions(n, 4, static_cast<std::uint32_t>(n)), size);
  }
}

TEST_CASE("equal directions have neighbours in a ring") {
  Columns weights(50, 1);
  std::fill(weights.column(0).begin(), weights.column(0).end(), 1.0);
  const ReferenceDirections directions(std::move(weights));
  check_all(directions, 20);
  Workers workers(1);
  const Neighbourhood neighbourhood(directions, 3, workers);
  CHECK(neighbourhood.of(49)[1] == 0);
  CHECK(neighbourhood.of(49)[2] == 1);
}
