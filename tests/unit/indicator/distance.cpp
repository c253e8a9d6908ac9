#include "engine/indicator/distance.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <stdexcept>

#include "engine/data/simd_target.hpp"
#include "tests/reference/distance_indicators.hpp"
#include "tests/unit/indicator/random_points.hpp"

using namespace millrace;
using test::RandomPoints;
using test::table;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("distances equal the slow version") {
  RandomPoints random(41);
  Workers one(1);
  for (std::size_t round = 0; round < 4000; ++round) {
    const std::size_t m = 1 + random.below(8);
    const std::size_t n = 1 + random.below(round % 10 ? 20 : 150);
    const std::size_t r = 1 + random.below(round % 10 ? 20 : 150);
    const Columns front = round % 2 ? random.sphere(n, m) : random.lattice(n, m, 3);
    const Columns set = round % 2 ? random.sphere(r, m) : random.lattice(r, m, 3);
    CAPTURE(round, m, n, r);
    CHECK(igd(front, set, one) == Approx(reference::igd(front, set)).epsilon(1e-13).margin(1e-300));
    CHECK(igd_plus(front, set, one) == Approx(reference::igd_plus(front, set)).epsilon(1e-13).margin(1e-300));
    CHECK(gd(front, set, one) == Approx(reference::gd(front, set)).epsilon(1e-13).margin(1e-300));
    CHECK(gd_plus(front, set, one) == Approx(reference::gd_plus(front, set)).epsilon(1e-13).margin(1e-300));
  }
}

TEST_CASE("distances of the published example") {
  // Ishibuchi et al. 2015, figure 6: igd prefers A, which B dominates in part; igd_plus does not.
  const Columns set = table(2, {0, 10, 1, 6, 2, 2, 6, 1, 10, 0});
  const Columns a = table(2, {2, 4, 3, 3, 4, 2});
  const Columns b = table(2, {2, 8, 4, 4, 8, 2});
  Workers one(1);
  CHECK(igd(a, set, one) == Approx(3.707).epsilon(1e-3));
  CHECK(igd(b, set, one) == Approx(2.591).epsilon(1e-3));
  CHECK(igd_plus(a, set, one) == Approx(1.483).epsilon(1e-3));
  CHECK(igd_plus(b, set, one) == Approx(2.260).epsilon(1e-3));
}

TEST_CASE("distances on degenerate input") {
  Workers one(1);
  const Columns set = table(2, {0, 1, 1, 0});
  for (auto* indicator : {igd, igd_plus, gd, gd_plus}) {
    CHECK(indicator(set, set, one) == 0.0);
    CHECK(indicator(Columns(0, 2), set, one) == kInfinity);
    CHECK(indicator(table(2, {kInfinity, kInfinity}), set, one) == kInfinity);
    CHECK(indicator(table(2, {std::nan(""), 0}), set, one) == kInfinity);
    CHECK_THROWS_AS(indicator(set, Columns(0, 2), one), std::invalid_argument);
    CHECK_THROWS_AS(indicator(set, Columns(1, 3), one), std::invalid_argument);
    CHECK_THROWS_AS(indicator(set, table(2, {kInfinity, 0}), one), std::invalid_argument);
  }
  const Columns with_failed = table(2, {0, 1, kInfinity, kInfinity, 1, 0});
  CHECK(igd(with_failed, set, one) == 0.0);
  CHECK(gd(with_failed, set, one) == kInfinity);
  CHECK(igd_plus(table(2, {0, 0}), set, one) == 0.0);
  CHECK(gd_plus(table(2, {0, 0}), set, one) == 0.0);
  CHECK(gd(table(2, {0, 0}), set, one) == 1.0);
}

TEST_CASE("distances are the same bits for any thread count and instruction set") {
  RandomPoints random(42);
  const Columns front = random.sphere(701, 5);
  const Columns set = random.sphere(3001, 5);
  Workers one(1);
  const double expected = igd_plus(front, set, one);
  for (const std::size_t threads : {2, 7}) {
    Workers workers(threads);
    CHECK(igd_plus(front, set, workers) == expected);
    CHECK(gd(front, set, workers) == gd(front, set, one));
  }
  for (const auto& target : simd_targets()) {
    // Without fused multiply-add the last bits may differ.
    use_simd_target(target);
    const bool fuses = target.starts_with("AVX");
    if (fuses) CHECK(igd_plus(front, set, one) == expected);
    CHECK(igd_plus(front, set, one) == Approx(expected).epsilon(1e-14));
  }
  use_simd_target("");
}
