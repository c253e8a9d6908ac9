#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/select/survival_score.hpp"
#include "tests/reference/survival_score.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Points near the manifold with exponent p.
Columns near_manifold(std::size_t n, std::size_t m, double p, std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  Columns y(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < m; ++k) y(i, k) = 0.01 + draws.next_double();
    const double length = reference::length_of(y, i, p) * (0.95 + 0.1 * draws.next_double());
    for (std::size_t k = 0; k < m; ++k) y(i, k) /= length;
  }
  return y;
}

std::vector<Slot> first_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

/// All of `y` as one front in normalised objectives.
void score_front(SurvivalScore& score, const Columns& y, std::size_t most) {
  const std::vector<double> ideal(y.columns(), 0.0);
  const std::vector<double> range(y.columns(), 1.0);
  score.compute(y, first_slots(y.rows()), y.rows(), most, ideal, range);
}

}  // namespace

TEST_CASE("the exponent of a manifold is found from a point on it") {
  for (const double p : {0.75, 1.0, 1.5, 2.0, 7.0, 15.0})
    for (const std::size_t m : {2u, 3u, 8u}) {
      const Columns y = near_manifold(1, m, p, m);
      std::vector<double> point(m);
      const double length = reference::length_of(y, 0, p);
      for (std::size_t k = 0; k < m; ++k) point[k] = y(0, k) / length;
      CAPTURE(p, m);
      CHECK(manifold_exponent(point) == Approx(p).epsilon(1e-6));
    }
}

TEST_CASE("points that no manifold goes through give an exponent all the same") {
  CHECK(manifold_exponent(std::vector<double>{0.0, 0.0}) == 1.0);
  CHECK(manifold_exponent(std::vector<double>{1.0, 0.0}) == 1.0);
  CHECK(manifold_exponent(std::vector<double>{0.5, 0.0}) == 0.7);
  CHECK(manifold_exponent(std::vector<double>{1e-9, 1e-9}) == 0.7);
  CHECK(manifold_exponent(std::vector<double>{1.0, 1.0}) == 1.0);
  CHECK(manifold_exponent(std::vector<double>{0.999, 0.999}) == 20.0);
  CHECK(manifold_exponent(std::vector<double>{1.5, 0.2}) >= 0.7);
  CHECK(manifold_exponent(std::vector<double>{1e10, 1e10}) <= 20.0);
}

TEST_CASE("members are taken in the order of the definition") {
  SurvivalScore score;
  for (const std::size_t m : {2u, 3u, 5u})
    for (const double p : {0.8, 1.0, 2.0, 6.0})
      for (const std::size_t n : {6u, 7u, 33u, 80u}) {
        CAPTURE(m, p, n);
        const Columns y = near_manifold(n, m, p, 10 * m + n);
        score_front(score, y, n);
        const auto taken = score.taken();
        const std::vector<std::size_t> found(taken.begin(), taken.end());
        REQUIRE(found.size() == n);
        const std::vector<std::size_t> corners(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(m));
        CHECK(found == reference::survival_order(y, score.exponent(), corners));
        for (std::size_t t = 0; t < n; ++t) CHECK((score.score()[found[t]] == kInfinity) == (t < m));
        for (std::size_t t = m + 1; t < n; ++t) CHECK(score.score()[found[t]] <= score.score()[found[t - 1]]);
      }
}

TEST_CASE("only as many are taken as are asked for; the corners are the members nearest to the axes") {
  SurvivalScore score;
  const Columns y = near_manifold(60, 3, 2.0, 5);
  score_front(score, y, 60);
  const std::vector<std::uint32_t> all(score.taken().begin(), score.taken().end());
  for (std::size_t k = 0; k < 3; ++k) {
    const auto off_axis = [&](std::size_t i) {
      double sum = 0.0;
      for (std::size_t other = 0; other < 3; ++other) sum += other == k ? 0.0 : y(i, other) * y(i, other);
      return sum;
    };
    for (std::size_t i = 0; i < 60; ++i) CHECK(off_axis(all[k]) <= off_axis(i) + 1e-12);
  }
  score_front(score, y, 20);
  CHECK(std::vector<std::uint32_t>(score.taken().begin(), score.taken().end()) ==
        std::vector<std::uint32_t>(all.begin(), all.begin() + 20));
  for (std::size_t t = 20; t < 60; ++t) CHECK(score.score()[all[t]] == -kInfinity);
}

TEST_CASE("members of other fronts score the inverse of their length") {
  const Columns front = near_manifold(20, 3, 2.0, 1);
  Columns y(25, 3);
  for (std::size_t i = 0; i < 25; ++i)
    for (std::size_t k = 0; k < 3; ++k) y(i, k) = i < 20 ? front(i, k) : 2.0 * front(i - 20, k);
  SurvivalScore score;
  const std::vector<double> ideal(3, 0.0);
  const std::vector<double> range(3, 1.0);
  score.compute(y, first_slots(25), 20, 22, ideal, range);
  CHECK(score.taken().size() == 20);
  for (std::size_t i = 20; i < 25; ++i)
    CHECK(score.score()[i] == Approx(1.0 / reference::length_of(y, i, score.exponent())));
}

TEST_CASE("degenerate fronts have finite scores and lose nobody") {
  SurvivalScore score;
  for (const std::size_t m : {1u, 2u, 4u})
    for (const std::size_t n : {1u, 2u, 3u, 9u, 40u})
      for (const double value : {0.0, 1.0, 1e-300, 1e300}) {
        CAPTURE(m, n, value);
        Columns y(n, m);
        for (std::size_t k = 0; k < m; ++k)
          for (std::size_t i = 0; i < n; ++i) y(i, k) = i % 5 == 0 ? value : 0.25;
        score_front(score, y, n);
        CHECK(score.taken().size() == n);
        for (const double s : score.score()) CHECK(s >= 0.0);
        CHECK(std::isfinite(score.exponent()));
      }
}
