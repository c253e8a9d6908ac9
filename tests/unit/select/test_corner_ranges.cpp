#include "engine/select/corner_ranges.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/random/philox.hpp"

using namespace millrace;

namespace {

std::vector<Slot> all_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

/// Points on a sphere around the origin, the first m near the axes (the others below 0.001), scaled by 10^k.
Population sphere(std::size_t n, std::size_t m, double radius, double off_axis = 1e-3) {
  Population pool(n, {1, m, 0});
  for (std::uint32_t i = 0; i < n; ++i) {
    RowDraws draws({7, 0, Stage::sample}, i);
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      pool.f(i, k) = i < m ? (i == k ? 1.0 : off_axis) : 0.2 + draws.next_double();
      squares += pool.f(i, k) * pool.f(i, k);
    }
    for (std::size_t k = 0; k < m; ++k)
      pool.f(i, k) *= radius / (i < m ? 1.0 : std::sqrt(squares)) * std::pow(10.0, static_cast<double>(k));
  }
  return pool;
}

/// Points of a simplex upside down, whose corners are far from the axes.
Population inverted_simplex(std::size_t n, std::size_t m, double size) {
  Population pool(n, {1, m, 0});
  for (std::uint32_t i = 0; i < n; ++i) {
    RowDraws draws({9, 0, Stage::sample}, i);
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += pool.f(i, k) = draws.next_double();
    for (std::size_t k = 0; k < m; ++k)
      pool.f(i, k) = size * (1.0 - pool.f(i, k) / sum) * std::pow(10.0, static_cast<double>(k));
  }
  return pool;
}

}  // namespace

TEST_CASE("before the corners are trusted a range reaches to the worst value seen and never shrinks") {
  CornerRanges ranges(3);
  CHECK(ranges.range()[1] == 1.0);
  const Population far = inverted_simplex(60, 3, 500.0);
  ranges.update(far, all_slots(60));
  const std::vector<double> first(ranges.range().begin(), ranges.range().end());
  CHECK_FALSE(ranges.settled());
  for (std::size_t k = 0; k < 3; ++k) CHECK(first[k] > 100.0 * std::pow(10.0, static_cast<double>(k)));
  const Population near = inverted_simplex(60, 3, 400.0);
  ranges.update(near, all_slots(60));
  for (std::size_t k = 0; k < 3; ++k) CHECK(ranges.range()[k] >= first[k]);
}

TEST_CASE("ranges move to the corners of the front, whatever the units") {
  for (const std::size_t m : {2, 3, 5, 10}) {
    CornerRanges ranges(m);
    ranges.update(sphere(80, m, 100.0, 0.5), all_slots(80));
    const Population front = sphere(80, m, 2.0);
    for (int call = 0; call < 300; ++call) ranges.update(front, all_slots(80));
    CHECK(ranges.settled());
    for (std::size_t k = 1; k < m; ++k)
      CHECK(ranges.range()[k] / ranges.range()[0] == Approx(std::pow(10.0, static_cast<double>(k))).epsilon(1e-6));
  }
}

TEST_CASE("ranges change slowly in relation to each other") {
  CornerRanges ranges(3);
  ranges.update(sphere(50, 3, 100.0, 0.5), all_slots(50));
  Population skew = sphere(50, 3, 1.0);
  for (std::size_t i = 0; i < 50; ++i) skew.f(i, 2) *= 0.01;
  ranges.update(skew, all_slots(50));
  double before = ranges.range()[2] / ranges.range()[0];
  for (int call = 0; call < 20; ++call) {
    ranges.update(skew, all_slots(50));
    const double now = ranges.range()[2] / ranges.range()[0];
    CHECK(std::abs(std::log(now / before)) <= 2.0 * std::log(1.03) + 1e-9);
    before = now;
  }
}

TEST_CASE("degenerate input leaves ranges that can divide") {
  CornerRanges one(1);
  CornerRanges constant(3);
  Population pool(4, {1, 3, 0});
  for (std::size_t i = 0; i < 4; ++i) {
    pool.f(i, 0) = 7.0;
    pool.f(i, 1) = static_cast<double>(i);
    pool.f(i, 2) = -1e300;
  }
  Population single(3, {1, 1, 0});
  for (std::size_t i = 0; i < 3; ++i) single.f(i, 0) = static_cast<double>(i);
  for (int call = 0; call < 5; ++call) {
    constant.update(pool, all_slots(4));
    one.update(single, all_slots(3));
    one.update(single, {});
  }
  CHECK(constant.range()[0] == 1.0);
  CHECK(constant.range()[1] == 3.0);
  CHECK(constant.range()[2] == 1.0);
  CHECK(constant.ideal()[0] == 7.0);
  CHECK(one.range()[0] == 2.0);
}

TEST_CASE("a saved state continues with the same bits") {
  CornerRanges whole(4);
  whole.update(sphere(30, 4, 50.0, 0.5), all_slots(30));
  whole.update(sphere(30, 4, 5.0), all_slots(30));
  std::vector<double> state(whole.state_size());
  whole.get_state(state);
  CornerRanges resumed(4);
  resumed.set_state(state);
  const Population next = sphere(30, 4, 3.0);
  for (CornerRanges* ranges : {&whole, &resumed}) ranges->update(next, all_slots(30));
  CHECK(whole.settled() == resumed.settled());
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(whole.range()[k] == resumed.range()[k]);
    CHECK(whole.ideal()[k] == resumed.ideal()[k]);
  }
}

TEST_CASE("a restart forgets the points") {
  CornerRanges ranges(2);
  ranges.update(sphere(30, 2, 50.0), all_slots(30));
  ranges.restart();
  CHECK_FALSE(ranges.settled());
  Population later(2, {1, 2, 0});
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) later.f(i, k) = 1000.0 + static_cast<double>(i + k);
  ranges.update(later, all_slots(2));
  CHECK(ranges.ideal()[0] == 1000.0);
  CHECK(ranges.range()[0] == 1.0);
}
