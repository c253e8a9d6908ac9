#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;

TEST_CASE("estimates lie within five standard errors of the exact value") {
  // 60 normal deviates, each beyond 5 with probability 5.7e-7: a false alarm in 3e4 choices of the seeds.
  RandomPoints random(31);
  Workers one(1);
  double squares = 0.0;
  std::size_t count = 0;
  for (std::size_t m = 2; m <= 6; ++m)
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      const Columns points = seed % 2 ? random.sphere(50, m) : random.uniform(30, m);
      const std::vector<double> corner(m, 1.1);
      const auto estimate = estimate_hypervolume(points, corner, 20000, seed, one);
      const double off = (estimate.value - hypervolume(points, corner, one)) / estimate.standard_error;
      CAPTURE(m, seed, estimate.value);
      CHECK(std::abs(off) <= 5.0);
      CHECK(estimate.samples == 20000);
      squares += off * off;
      ++count;
    }
  // The error must not be overstated either: a chi-square of 60 degrees below 27 has probability 1e-4.
  CHECK(squares / static_cast<double>(count) > 0.45);
}

TEST_CASE("estimates are the same bits for any thread count and instruction set") {
  RandomPoints random(32);
  const Columns points = random.sphere(200, 5);
  const std::vector<double> corner(5, 1.1);
  Workers one(1);
  const auto expected = estimate_hypervolume(points, corner, 100001, 7, one);
  for (const std::size_t threads : {2, 7}) {
    Workers workers(threads);
    CHECK(estimate_hypervolume(points, corner, 100001, 7, workers).value == expected.value);
  }
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    CHECK(estimate_hypervolume(points, corner, 100001, 7, one).value == expected.value);
  }
  use_simd_target("");
  CHECK(estimate_hypervolume(points, corner, 100001, 8, one).value != expected.value);
}

TEST_CASE("estimates of nothing and of a full box") {
  Workers one(1);
  const std::vector<double> corner(3, 1.0);
  CHECK(estimate_hypervolume(Columns(0, 3), corner, 10, 1, one).value == 0.0);
  const Columns origin(1, 3);
  const auto full = estimate_hypervolume(origin, corner, 1000, 1, one);
  CHECK(full.value == 1.0);
  CHECK(full.standard_error > 0.0);
  CHECK_THROWS_AS(estimate_hypervolume(origin, corner, 0, 1, one), std::invalid_argument);
  CHECK_THROWS_AS(estimate_hypervolume(origin, std::vector<double>(2, 1.0), 10, 1, one), std::invalid_argument);
}
