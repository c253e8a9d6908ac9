#include <catch2/catch.hpp>

#include <limits>
#include <stdexcept>

#include "engine/data/simd_target.hpp"
#include "engine/indicator/epsilon.hpp"
#include "engine/indicator/r2.hpp"
#include "engine/indicator/spacing.hpp"
#include "tests/reference/distance_indicators.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;
using test::table;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
double difference(double f, double r) { return f - r; }
double ratio(double f, double r) { return f / r; }

}  // namespace

TEST_CASE("epsilon equals the slow version exactly") {
  RandomPoints random(51);
  for (std::size_t round = 0; round < 3000; ++round) {
    const std::size_t m = 1 + random.below(8);
    Columns front = round % 2 ? random.uniform(1 + random.below(60), m) : random.lattice(1 + random.below(60), m, 4);
    Columns set = round % 2 ? random.uniform(1 + random.below(60), m) : random.lattice(1 + random.below(60), m, 4);
    CHECK(additive_epsilon(front, set) == reference::epsilon(front, set, difference));
    for (auto* points : {&front, &set})
      for (std::size_t k = 0; k < m; ++k)
        for (double& value : points->column(k)) value += 0.125;
    CHECK(multiplicative_epsilon(front, set) == reference::epsilon(front, set, ratio));
  }
}

TEST_CASE("epsilon on degenerate input") {
  const Columns set = table(2, {1, 2, 2, 1});
  CHECK(additive_epsilon(set, set) == 0.0);
  CHECK(multiplicative_epsilon(set, set) == 1.0);
  CHECK(additive_epsilon(table(2, {0, 0}), set) == -1.0);
  CHECK(additive_epsilon(Columns(0, 2), set) == kInfinity);
  CHECK(multiplicative_epsilon(table(2, {1, kInfinity}), set) == kInfinity);
  CHECK_THROWS_AS(additive_epsilon(set, Columns(0, 2)), std::invalid_argument);
  CHECK_THROWS_AS(additive_epsilon(set, Columns(1, 3)), std::invalid_argument);
  CHECK_THROWS_AS(multiplicative_epsilon(table(2, {0, 1}), set), std::invalid_argument);
  CHECK_THROWS_AS(multiplicative_epsilon(set, table(2, {1, -1})), std::invalid_argument);
}

TEST_CASE("spacing equals the slow version") {
  RandomPoints random(52);
  Workers one(1);
  for (std::size_t round = 0; round < 2000; ++round) {
    const Columns front = round % 2 ? random.sphere(random.below(80), 1 + random.below(8))
                                    : random.lattice(random.below(80), 1 + random.below(8), 3);
    CHECK(spacing(front, one) == Approx(reference::spacing(front)).epsilon(1e-12).margin(1e-14));
  }
}

TEST_CASE("spacing on degenerate input") {
  Workers one(1);
  CHECK(spacing(Columns(0, 3), one) == 0.0);
  CHECK(spacing(Columns(1, 3), one) == 0.0);
  CHECK(spacing(table(2, {0, 1, 1, 0}), one) == 0.0);
  CHECK(spacing(table(2, {0, 1, 1, 0, kInfinity, 0}), one) == 0.0);
  CHECK(spacing(table(1, {0, 1, 2, 3}), one) == 0.0);
  // Gaps 1, 1, 3: mean 5/3, variance (4/9 + 4/9 + 16/9) / 2.
  CHECK(spacing(table(1, {0, 1, 4}), one) == Approx(std::sqrt(4.0 / 3.0)));
}

TEST_CASE("r2 equals the slow version exactly") {
  RandomPoints random(53);
  Workers one(1);
  for (std::size_t round = 0; round < 2000; ++round) {
    const std::size_t m = 1 + random.below(8);
    const Columns front = random.sphere(1 + random.below(60), m);
    const Columns weights = random.uniform(1 + random.below(60), m);
    const std::vector<double> ideal(m, round % 2 ? 0.0 : 0.25);
    CHECK(r2(front, weights, ideal, one) == Approx(reference::r2(front, weights, ideal)).epsilon(1e-14));
  }
}

TEST_CASE("r2 on degenerate input") {
  Workers one(1);
  const Columns weights = table(2, {1, 0, 0.5, 0.5, 0, 1});
  const std::vector<double> ideal{0.0, 0.0};
  CHECK(r2(table(2, {0, 0}), weights, ideal, one) == 0.0);
  CHECK(r2(table(2, {2, 4}), weights, ideal, one) == Approx(8.0 / 3.0));
  CHECK(r2(Columns(0, 2), weights, ideal, one) == kInfinity);
  CHECK(r2(table(2, {kInfinity, 0}), weights, ideal, one) == kInfinity);
  CHECK_THROWS_AS(r2(weights, Columns(0, 2), ideal, one), std::invalid_argument);
  CHECK_THROWS_AS(r2(weights, table(2, {1, -1}), ideal, one), std::invalid_argument);
  CHECK_THROWS_AS(r2(weights, weights, std::vector<double>{0.0}, one), std::invalid_argument);
  CHECK_THROWS_AS(r2(weights, weights, std::vector<double>{0.0, kInfinity}, one), std::invalid_argument);
}

TEST_CASE("spacing, epsilon and r2 are the same bits for any thread count and instruction set") {
  RandomPoints random(54);
  const Columns front = random.sphere(1500, 4);
  const Columns weights = random.uniform(2000, 4);
  const std::vector<double> ideal(4, 0.0);
  Workers one(1);
  const double expected_spacing = spacing(front, one);
  const double expected_r2 = r2(front, weights, ideal, one);
  const double expected_epsilon = additive_epsilon(front, weights);
  for (const std::size_t threads : {2, 7}) {
    Workers workers(threads);
    CHECK(spacing(front, workers) == expected_spacing);
    CHECK(r2(front, weights, ideal, workers) == expected_r2);
  }
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    CHECK(spacing(front, one) == expected_spacing);
    CHECK(r2(front, weights, ideal, one) == expected_r2);
    CHECK(additive_epsilon(front, weights) == expected_epsilon);
  }
  use_simd_target("");
}
