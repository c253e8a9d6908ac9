#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "tests/reference/hypervolume.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;

namespace {

Columns without(const Columns& points, std::size_t row) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < points.rows(); ++i)
    if (i != row) rows.push_back(i);
  return test::rows_of(points, rows);
}

}  // namespace

TEST_CASE("contributions are what inclusion and exclusion loses without a point") {
  RandomPoints random(11);
  Workers one(1);
  for (std::size_t round = 0; round < 3000; ++round) {
    const std::size_t m = 1 + round % 8;
    const std::size_t n = random.below(9);
    const bool is_lattice = round / 8 % 2 == 0;
    const Columns points = is_lattice ? random.lattice(n, m, 4) : random.sphere(n, m);
    const std::vector<double> corner(m, is_lattice ? 3.0 : round % 3 ? 1.1 : 0.8);
    const double all = reference::hypervolume_by_subsets(points, corner);
    const auto contributions = hypervolume_contributions(points, corner, one);
    REQUIRE(contributions.size() == n);
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = all - reference::hypervolume_by_subsets(without(points, i), corner);
      CAPTURE(round, m, n, i);
      CHECK(contributions[i] == Approx(expected).epsilon(1e-11).margin(1e-13 * std::pow(corner[0], double(m))));
    }
  }
}

TEST_CASE("contributions are differences of hypervolumes on larger sets") {
  RandomPoints random(12);
  Workers one(1);
  for (std::size_t m = 1; m <= 7; ++m) {
    const std::size_t n = m <= 4 ? 150 : m == 5 ? 80 : 40;
    for (const bool is_lattice : {false, true}) {
      const Columns points = is_lattice ? random.lattice(n, m, 9) : random.sphere(n, m);
      const std::vector<double> corner(m, is_lattice ? 8.5 : 1.1);
      const double all = hypervolume(points, corner, one);
      const auto contributions = hypervolume_contributions(points, corner, one);
      for (std::size_t i = 0; i < n; i += 7) {
        const double expected = all - hypervolume(without(points, i), corner, one);
        CAPTURE(m, is_lattice, i);
        CHECK(contributions[i] == Approx(expected).epsilon(1e-9).margin(1e-12 * all));
      }
    }
  }
}

TEST_CASE("a point that dominates many others contributes what they leave") {
  // Sizes on both sides of where the method for one box changes.
  RandomPoints random(14);
  Workers one(1);
  for (std::size_t m = 1; m <= 5; ++m)
    for (const std::size_t n : {1, 5, 39, 40, 41, 200})
      for (const bool is_lattice : {false, true}) {
        Columns points = is_lattice ? random.lattice(n + 1, m, 12) : random.sphere(n + 1, m);
        if (is_lattice)
          for (std::size_t i = 0; i <= n; ++i) points(i, m - 1) = 40.0 - points(i, 0) - points(i, m / 2);
        for (std::size_t k = 0; k < m; ++k) points(n, k) = 0.0;
        const std::vector<double> corner(m, is_lattice ? 41.0 : 1.1);
        const double others = hypervolume(without(points, n), corner, one);
        const double box = std::pow(corner[0], double(m));
        CAPTURE(m, n, is_lattice);
        const double actual = hypervolume_contributions(points, corner, one)[n];
        CHECK(actual == Approx(box - others).epsilon(1e-11).margin(1e-13 * box));
      }
}

TEST_CASE("dominated, equal and outside points contribute nothing") {
  Workers one(1);
  for (std::size_t m = 2; m <= 6; ++m) {
    Columns points(5, m);
    for (std::size_t k = 0; k < m; ++k) {
      points(0, k) = k == 0 ? 0.25 : 0.5;
      points(1, k) = points(2, k) = k == 0 ? 0.5 : 0.25;
      points(3, k) = 0.75;
      points(4, k) = k == 0 ? std::numeric_limits<double>::infinity() : 0.0;
    }
    const auto contributions = hypervolume_contributions(points, std::vector<double>(m, 1.0), one);
    CHECK(contributions[0] == 0.25 * std::pow(0.5, double(m - 1)));
    for (std::size_t i = 1; i < 5; ++i) CHECK(contributions[i] == 0.0);
    CHECK(hypervolume_contributions(Columns(0, m), std::vector<double>(m, 1.0), one).empty());
  }
}

TEST_CASE("small contributions keep their precision") {
  // A notch of 1e-6 a side on a flat face: the difference of hypervolumes would keep few digits of it.
  Workers one(1);
  for (std::size_t m = 3; m <= 5; ++m) {
    Columns points(m + 1, m);
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t k = 0; k < m; ++k) points(i, k) = i == k ? 0.5 : 0.0;
    for (std::size_t k = 0; k < m; ++k) points(m, k) = 0.5 - 0x1p-20;
    const auto contributions = hypervolume_contributions(points, std::vector<double>(m, 1.0), one);
    CHECK(contributions[m] == std::pow(0x1p-20, double(m)));
  }
}

TEST_CASE("contributions are the same bits for any thread count and instruction set") {
  RandomPoints random(13);
  Workers one(1);
  for (std::size_t m = 2; m <= 6; ++m) {
    const Columns points = random.sphere(120, m);
    const std::vector<double> corner(m, 1.1);
    const auto expected = hypervolume_contributions(points, corner, one);
    for (const std::size_t threads : {2, 7}) {
      Workers workers(threads);
      CHECK(hypervolume_contributions(points, corner, workers) == expected);
    }
    for (const auto& target : simd_targets()) {
      use_simd_target(target);
      CHECK(hypervolume_contributions(points, corner, one) == expected);
    }
    use_simd_target("");
  }
}
