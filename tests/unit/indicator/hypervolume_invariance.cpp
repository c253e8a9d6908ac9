#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/indicator/hypervolume.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;

namespace {

Columns permuted(const Columns& points, const std::vector<std::size_t>& rows,
                 const std::vector<std::size_t>& objectives) {
  Columns result(points.rows(), points.columns());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < objectives.size(); ++k) result(i, k) = points(rows[i], objectives[k]);
  return result;
}

std::vector<std::size_t> shuffled(std::size_t n, RandomPoints& random) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

}  // namespace

TEST_CASE("hypervolume does not depend on the order of points or objectives") {
  RandomPoints random(21);
  Workers one(1);
  for (std::size_t m = 2; m <= 7; ++m)
    for (int round = 0; round < 6; ++round) {
      const Columns points = round % 2 ? random.sphere(60, m) : random.lattice(60, m, 9);
      const std::vector<double> corner(m, round % 2 ? 1.1 : 8.0);
      const double expected = hypervolume(points, corner, one);
      const Columns moved = permuted(points, shuffled(60, random), shuffled(m, random));
      CHECK(hypervolume(moved, corner, one) == Approx(expected).epsilon(1e-12));
    }
}

TEST_CASE("hypervolume scales with the objectives and ignores their origin") {
  RandomPoints random(22);
  Workers one(1);
  for (std::size_t m = 1; m <= 7; ++m) {
    Columns points = random.sphere(60, m);
    std::vector<double> corner(m, 1.1);
    const double expected = hypervolume(points, corner, one);
    double factor = 1.0;
    for (std::size_t k = 0; k < m; ++k) {
      // Powers of two scale without rounding: the value must be exact.
      const double scale = std::pow(2.0, static_cast<double>(random.below(20)) - 10.0);
      factor *= scale;
      corner[k] *= scale;
      for (double& value : points.column(k)) value *= scale;
    }
    CHECK(hypervolume(points, corner, one) == expected * factor);
    for (std::size_t k = 0; k < m; ++k) {
      const double shift = 8.0 * random.unit() * corner[k] - 4.0 * corner[k];
      corner[k] += shift;
      for (double& value : points.column(k)) value += shift;
    }
    CHECK(hypervolume(points, corner, one) == Approx(expected * factor).epsilon(1e-11));
  }
}

TEST_CASE("hypervolume grows with points and not with dominated ones") {
  RandomPoints random(23);
  Workers one(1);
  for (std::size_t m = 1; m <= 6; ++m) {
    const Columns points = random.uniform(40, m);
    const std::vector<double> corner(m, 1.0);
    double before = 0.0;
    for (std::size_t n = 1; n <= 40; n += 3) {
      std::vector<std::size_t> rows(n);
      std::iota(rows.begin(), rows.end(), 0);
      const double now = hypervolume(test::rows_of(points, rows), corner, one);
      CHECK(now >= before * (1.0 - 1e-14));
      before = now;
    }
  }
}
