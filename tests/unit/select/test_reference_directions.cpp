#include "engine/select/reference_directions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <vector>

using namespace millrace;

namespace {

std::vector<double> row(const Columns& columns, std::size_t i) {
  std::vector<double> values;
  for (std::size_t k = 0; k < columns.columns(); ++k) values.push_back(columns(i, k));
  return values;
}

void check_on_simplex(const ReferenceDirections& directions) {
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < directions.count(); ++i) {
    double sum = 0.0, squares = 0.0;
    bool negative = false;
    for (std::size_t k = 0; k < directions.objectives(); ++k) {
      sum += directions.weights()(i, k);
      squares += std::pow(directions.units()(i, k), 2);
      negative = negative || directions.weights()(i, k) < 0.0;
    }
    if (negative || std::abs(sum - 1.0) > 1e-14 * 10 || std::abs(squares - 1.0) > 1e-14 * 10)
      FAIL_CHECK("row " << i << " is not a point of the simplex");
    rows.push_back(row(directions.weights(), i));
  }
  std::sort(rows.begin(), rows.end());
  CHECK((directions.objectives() == 1 || std::adjacent_find(rows.begin(), rows.end()) == rows.end()));
}

double smallest_distance(const Columns& points) {
  double smallest = 1e300;
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      double squares = 0.0;
      for (std::size_t k = 0; k < points.columns(); ++k) squares += std::pow(points(i, k) - points(j, k), 2);
      smallest = std::min(smallest, std::sqrt(squares));
    }
  return smallest;
}

}  // namespace

TEST_CASE("das_dennis lists the simplex lattice in lexicographic order") {
  const auto directions = das_dennis(3, 2);
  const std::vector<std::vector<double>> expected{{0, 0, 1},     {0, 0.5, 0.5}, {0, 1, 0},
                                                  {0.5, 0, 0.5}, {0.5, 0.5, 0}, {1, 0, 0}};
  REQUIRE(directions.count() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(row(directions.weights(), i) == expected[i]);
  CHECK(directions.lattice_divisions() == 2);

  for (std::size_t m = 1; m <= 9; ++m)
    for (std::size_t h = 0; das_dennis_count(m, h) <= 1500 && h < 40; ++h) {
      const auto lattice = das_dennis(m, h);
      CHECK(lattice.count() == das_dennis_count(m, h));
      check_on_simplex(lattice);
      bool ascending = true;
      for (std::size_t i = 1; i < lattice.count(); ++i)
        ascending = ascending && row(lattice.weights(), i - 1) < row(lattice.weights(), i);
      CHECK(ascending);
    }
}

TEST_CASE("das_dennis_count knows the published sizes and does not overflow") {
  CHECK(das_dennis_count(3, 12) == 91);
  CHECK(das_dennis_count(5, 6) == 210);
  CHECK(das_dennis_count(5, 10) == 1001);
  CHECK(das_dennis_count(5, 20) == 10626);
  CHECK(das_dennis_count(15, 2) == 120);
  CHECK(das_dennis_count(1, 7) == 1);
  CHECK(das_dennis_count(200, 200) == std::numeric_limits<std::size_t>::max());
  CHECK_THROWS_AS(das_dennis(200, 200), std::invalid_argument);
  CHECK_THROWS_AS(das_dennis(0, 3), std::invalid_argument);
}

TEST_CASE("two layers have the sizes of the NSGA-III paper and no common point") {
  CHECK(two_layer(8, 3, 2).count() == 156);
  CHECK(two_layer(10, 3, 2).count() == 275);
  CHECK(two_layer(15, 2, 1).count() == 135);
  check_on_simplex(two_layer(8, 3, 2));
  CHECK(two_layer(3, 1, 1).weights()(3, 0) == Approx(1.0 / 6.0));
  CHECK_FALSE(two_layer(8, 3, 2).lattice_divisions());
}

TEST_CASE("directions_for gives exactly as many as asked") {
  for (const std::size_t m : {1, 2, 3, 5, 8})
    for (const std::size_t count : {1, 2, 3, 4, 7, 20, 35, 40, 126, 156}) {
      const auto directions = directions_for(m, count, 3);
      INFO(m << " objectives, " << count << " directions");
      CHECK((m == 1 ? directions.count() == 1 : directions.count() == count));
      check_on_simplex(directions);
    }
  CHECK(directions_for(5, 126, 1).lattice_divisions() == 5);
  CHECK(directions_for(8, 156, 1).count() == 156);
  CHECK_THROWS_AS(directions_for(3, 0, 1), std::invalid_argument);
}

TEST_CASE("riesz_energy spreads nearly as well as a lattice, keeps the corners and repeats itself") {
  struct Case {
    std::size_t m, h;
  };
  for (const auto& [m, h] : {Case{2, 19}, Case{3, 12}, Case{4, 6}, Case{5, 4}}) {
    const auto lattice = das_dennis(m, h);
    const auto directions = riesz_energy(m, lattice.count(), 17);
    INFO(m << " objectives, " << lattice.count() << " directions");
    check_on_simplex(directions);
    CHECK(smallest_distance(directions.weights()) > 0.75 * smallest_distance(lattice.weights()));
    for (std::size_t i = 0; i < m; ++i) CHECK(directions.weights()(i, i) == 1.0);
    const auto again = riesz_energy(m, lattice.count(), 17);
    const auto other = riesz_energy(m, lattice.count(), 18);
    CHECK(row(again.weights(), m + 1) == row(directions.weights(), m + 1));
    CHECK(row(other.weights(), m + 1) != row(directions.weights(), m + 1));
  }
}
