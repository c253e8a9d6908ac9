#include "engine/indicator/nondominated_subset.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;
using test::table;

namespace {

// Straight from the definition.
std::vector<Slot> expected_subset(const Columns& points) {
  std::vector<Slot> kept;
  for (Slot i = 0; i < points.rows(); ++i) {
    bool keep = true;
    for (Slot j = 0; j < points.rows() && keep; ++j) {
      bool nowhere_worse = true, equal = true;
      for (std::size_t k = 0; k < points.columns(); ++k) {
        nowhere_worse = nowhere_worse && points(j, k) <= points(i, k);
        equal = equal && points(j, k) == points(i, k);
      }
      keep = !(nowhere_worse && (!equal || j < i));
    }
    if (keep) kept.push_back(i);
  }
  return kept;
}

}  // namespace

TEST_CASE("nondominated subset equals the definition") {
  RandomPoints random(61);
  for (std::size_t round = 0; round < 3000; ++round) {
    const std::size_t m = 1 + random.below(6);
    const std::size_t n = random.below(40);
    const Columns points = round % 2 ? random.lattice(n, m, 4) : random.uniform(n, m);
    CHECK(nondominated_subset(points) == expected_subset(points));
  }
}

TEST_CASE("nondominated subset on degenerate input") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(nondominated_subset(Columns(0, 2)).empty());
  CHECK(nondominated_subset(table(2, {1, 1, 1, 1})) == std::vector<Slot>{0});
  CHECK(nondominated_subset(table(2, {std::nan(""), 0, 1, 1})) == std::vector<Slot>{1});
  CHECK(nondominated_subset(table(2, {infinity, 0, infinity, infinity})) == std::vector<Slot>{0});
  CHECK(nondominated_subset(table(2, {0.0, 1, -0.0, 1})) == std::vector<Slot>{0});
}
