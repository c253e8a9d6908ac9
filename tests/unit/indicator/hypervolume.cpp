#include "engine/indicator/hypervolume.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <stdexcept>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "tests/reference/hypervolume.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double value(const Columns& points, const std::vector<double>& corner) {
  Workers one(1);
  return hypervolume(points, corner, one);
}

// Relative to the whole box, since that is what the recursion subtracts from.
bool close(double a, double b, double scale) { return std::abs(a - b) <= 1e-13 * scale; }

double box_volume(std::size_t m, double side) { return std::pow(side, static_cast<double>(m)); }

std::size_t binomial(std::size_t n, std::size_t k) { return k == 0 ? 1 : binomial(n - 1, k - 1) * n / k; }

// All points of the simplex lattice with coordinates i / divisions that sum to 1.
Columns simplex_lattice(std::size_t m, std::size_t divisions) {
  std::vector<double> values;
  std::vector<std::size_t> point(m, 0);
  const auto fill = [&](auto&& self, std::size_t k, std::size_t left) -> void {
    if (k + 1 == m) {
      point[k] = left;
      for (const auto part : point) values.push_back(static_cast<double>(part) / static_cast<double>(divisions));
      return;
    }
    for (point[k] = 0; point[k] <= left; ++point[k]) self(self, k + 1, left - point[k]);
  };
  fill(fill, 0, divisions);
  return test::table(m, values);
}

}  // namespace

TEST_CASE("hypervolume equals inclusion and exclusion on random small sets") {
  RandomPoints random(1);
  for (std::size_t round = 0; round < 100000; ++round) {
    const std::size_t m = 1 + round % 8;
    const std::size_t n = round % 50 == 0 ? 12 : random.below(9);
    // A third each: no ties, many ties, sphere. Some references cut through the points.
    const bool is_lattice = round / 8 % 3 == 1;
    const Columns points = is_lattice           ? random.lattice(n, m, 1 + random.below(4))
                           : round / 8 % 3 == 0 ? random.uniform(n, m)
                                                : random.sphere(n, m);
    const double side = is_lattice ? 3.0 : round % 5 == 0 ? 0.8 : 1.1;
    const std::vector<double> corner(m, side);
    const double expected = reference::hypervolume_by_subsets(points, corner);
    const double actual = value(points, corner);
    if (!close(actual, expected, box_volume(m, side))) {
      CAPTURE(round, m, n, is_lattice, actual, expected);
      FAIL("another value");
    }
  }
}

TEST_CASE("hypervolume equals the sum of grid cells") {
  RandomPoints random(2);
  for (std::size_t round = 0; round < 400; ++round) {
    const std::size_t m = 1 + round % 5;
    const std::size_t n = m <= 3 ? random.below(25) : m == 4 ? random.below(14) : random.below(8);
    const Columns points = round % 2 ? random.lattice(n, m, 6) : random.sphere(n, m);
    const double side = round % 2 ? 5.0 : 1.05;
    const std::vector<double> corner(m, side);
    CAPTURE(round, m, n);
    CHECK(close(value(points, corner), reference::hypervolume_by_cells(points, corner), box_volume(m, side)));
  }
}

TEST_CASE("hypervolume of larger sets equals the sum of grid cells") {
  RandomPoints random(3);
  for (const std::size_t m : {3, 4, 5}) {
    // Few levels a coordinate keep the grid small while the fronts are long.
    const std::size_t levels = m == 3 ? 40 : m == 4 ? 12 : 7;
    for (const std::size_t n : {60, 300}) {
      Columns points = random.lattice(n, m, levels);
      // Close to a plane, so that most points are on the front.
      for (std::size_t i = 0; i < n; ++i)
        points(i, m - 1) = std::max(0.0, static_cast<double>(levels) - points(i, 0) - points(i, 1));
      const std::vector<double> corner(m, static_cast<double>(levels) + 1.0);
      CAPTURE(m, n);
      CHECK(value(points, corner) == Approx(reference::hypervolume_by_cells(points, corner)).epsilon(1e-13));
    }
  }
}

TEST_CASE("hypervolume of the simplex lattice has a closed form") {
  for (std::size_t m = 1; m <= 8; ++m) {
    const std::size_t divisions = m <= 3 ? 20 : m == 4 ? 12 : m == 5 ? 7 : m == 6 ? 4 : 3;
    const Columns points = simplex_lattice(m, divisions);
    // The box consists of (H + 1)^m cells of side 1 / H. A cell is covered where its lower corner sums to at least 1;
    // binomial(H - 1 + m, m) do not.
    const std::size_t side = divisions + 1;
    const double total = std::pow(static_cast<double>(side), static_cast<double>(m));
    const double below = static_cast<double>(binomial(divisions - 1 + m, m));
    const double cell = std::pow(1.0 / static_cast<double>(divisions), static_cast<double>(m));
    const std::vector<double> corner(m, 1.0 + 1.0 / static_cast<double>(divisions));
    CAPTURE(m, divisions, points.rows());
    CHECK(value(points, corner) == Approx((total - below) * cell).epsilon(1e-12));
  }
}

TEST_CASE("hypervolume of a staircase and of single points") {
  Columns stairs(1000, 2);
  for (std::size_t i = 0; i < 1000; ++i) {
    stairs(i, 0) = static_cast<double>((i * 37) % 1000);
    stairs(i, 1) = 999.0 - stairs(i, 0);
  }
  CHECK(value(stairs, {1000.0, 1000.0}) == 1000.0 * 1001.0 / 2.0);
  for (std::size_t m = 1; m <= 12; ++m) {
    Columns point(1, m);
    for (std::size_t k = 0; k < m; ++k) point(0, k) = 1.0;
    CHECK(value(point, std::vector<double>(m, 3.0)) == std::pow(2.0, static_cast<double>(m)));
  }
}

TEST_CASE("hypervolume leaves out what is not inside the box") {
  for (std::size_t m = 1; m <= 7; ++m) {
    const std::vector<double> corner(m, 1.0);
    CHECK(value(Columns(0, m), corner) == 0.0);
    for (const double bad : {1.0, 2.0, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
      Columns points(3, m);
      for (std::size_t k = 0; k < m; ++k) points(0, k) = points(1, k) = points(2, k) = 0.5;
      points(0, m - 1) = bad;
      points(2, 0) = bad;
      CHECK(value(points, corner) == std::pow(0.5, static_cast<double>(m)));
      points(1, m / 2) = bad;
      CHECK(value(points, corner) == 0.0);
    }
  }
}

TEST_CASE("hypervolume takes equal points and constant objectives") {
  RandomPoints random(4);
  for (std::size_t m = 2; m <= 7; ++m) {
    const std::vector<double> corner(m, 1.5);
    Columns equal(70, m);
    for (std::size_t k = 0; k < m; ++k)
      for (double& entry : equal.column(k)) entry = 0.5;
    CHECK(value(equal, corner) == 1.0);
    for (std::size_t constant = 0; constant < m; ++constant) {
      Columns points = random.sphere(40, m);
      Columns others(40, m - 1);
      for (std::size_t k = 0, to = 0; k < m; ++k)
        if (k != constant) std::copy_n(points.column_data(k), 40, others.column_data(to++));
      for (double& entry : points.column(constant)) entry = 0.5;
      CHECK(value(points, corner) == Approx(value(others, std::vector<double>(m - 1, 1.5))).epsilon(1e-12));
    }
  }
}

TEST_CASE("hypervolume is the same bits for any thread count and instruction set") {
  RandomPoints random(5);
  for (std::size_t m = 2; m <= 8; ++m) {
    const Columns points = random.sphere(m <= 5 ? 300 : m == 6 ? 120 : 50, m);
    const std::vector<double> corner(m, 1.1);
    const double expected = value(points, corner);
    for (const std::size_t threads : {1, 2, 7}) {
      Workers workers(threads);
      CHECK(hypervolume(points, corner, workers) == expected);
    }
    for (const auto& target : simd_targets()) {
      use_simd_target(target);
      CAPTURE(m, target);
      CHECK(value(points, corner) == expected);
    }
    use_simd_target("");
  }
}

TEST_CASE("hypervolume says what is wrong with its input") {
  Workers one(1);
  const Columns points(2, 3);
  CHECK_THROWS_AS(hypervolume(points, std::vector<double>{1.0, 1.0}, one), std::invalid_argument);
  CHECK_THROWS_AS(hypervolume(points, std::vector<double>{1.0, 1.0, kInfinity}, one), std::invalid_argument);
  CHECK_THROWS_AS(hypervolume_contributions(points, std::vector<double>{1.0}, one), std::invalid_argument);
  CHECK_THROWS_AS(hypervolume(Columns(), std::vector<double>{}, one), std::invalid_argument);
}

TEST_CASE("exact hypervolume is affordable where it is fast") {
  CHECK(exact_hypervolume_is_affordable(0, 30));
  CHECK(exact_hypervolume_is_affordable(100000, 3));
  CHECK(exact_hypervolume_is_affordable(1000, 5));
  CHECK(exact_hypervolume_is_affordable(1000, 6));
  CHECK(exact_hypervolume_is_affordable(200, 8));
  CHECK_FALSE(exact_hypervolume_is_affordable(10000, 8));
  CHECK_FALSE(exact_hypervolume_is_affordable(1000, 12));
}
