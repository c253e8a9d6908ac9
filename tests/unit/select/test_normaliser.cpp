#include "engine/select/normaliser.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/random/philox.hpp"
#include "tests/reference/normalise.hpp"

using namespace millrace;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What is small is one task.
Workers workers(1);

std::vector<Slot> all_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

/// Every row a point; objectives only.
Population points(std::initializer_list<std::initializer_list<double>> rows) {
  Population pool(rows.size(), {1, rows.begin()->size(), 0});
  Slot i = 0;
  for (const auto& row : rows) {
    std::size_t k = 0;
    for (const double value : row) pool.f(i, k++) = value;
    ++i;
  }
  return pool;
}

void check_ranges(const Normaliser& normaliser, std::vector<double> expected) {
  for (std::size_t k = 0; k < expected.size(); ++k) {
    INFO("objective " << k);
    CHECK(normaliser.range()[k] == Approx(expected[k]).epsilon(1e-9));
  }
}

}  // namespace

TEST_CASE("one generation gives the intercepts of the plane through the extreme points") {
  int planes = 0;
  for (std::uint32_t c = 0; c < 3000; ++c) {
    RowDraws draws({31, 0, Stage::sample}, c);
    const std::size_t m = 2 + draws.below(6), n = m + draws.below(40);
    Population pool(n, {1, m, 0});
    for (std::size_t i = 0; i < n; ++i) {
      double squares = 0.0;
      for (std::size_t k = 0; k < m; ++k) squares += std::pow(pool.f(i, k) = draws.next_double(), 2);
      // A sphere, scaled and shifted by objective; the first m points close to the axes.
      for (std::size_t k = 0; k < m; ++k) {
        const double on_sphere = i < m ? (i == k ? 1.0 : 1e-3 * pool.f(i, k)) : pool.f(i, k) / std::sqrt(squares);
        pool.f(i, k) = static_cast<double>(k) - 3.0 + static_cast<double>(k + 1) * on_sphere;
      }
    }
    Normaliser normaliser(m);
    normaliser.update(pool, all_slots(n), all_slots(n), workers);
    const auto expected = reference::intercept_range(pool.f, all_slots(n));
    if (expected.empty()) continue;
    for (std::size_t k = 0; k < m; ++k) {
      const auto column = pool.f.column(k);
      const double worst = *std::max_element(column.begin(), column.end()) - normaliser.ideal()[k];
      CHECK(normaliser.range()[k] == Approx(std::min(expected[k], worst)).epsilon(1e-6));
    }
    ++planes;
  }
  CHECK(planes > 2900);
}

TEST_CASE("the ideal point and the extreme points stay across generations") {
  Normaliser normaliser(2);
  const auto first = points({{0, 4}, {2, 0}, {1, 1}});
  normaliser.update(first, all_slots(3), all_slots(3), workers);
  check_ranges(normaliser, {2, 4});
  const auto second = points({{0.5, 1}, {1, 0.5}});
  normaliser.update(second, all_slots(2), all_slots(2), workers);
  CHECK(normaliser.ideal()[0] == 0.0);
  CHECK(normaliser.ideal()[1] == 0.0);
  check_ranges(normaliser, {2, 4});
}

TEST_CASE("without a plane the worst of the first front counts, then that of all candidates, then one") {
  SECTION("a single first-front point, dominated others") {
    Normaliser normaliser(2);
    normaliser.update(points({{1, 1}, {3, 2}, {2, 5}}), all_slots(3), all_slots(1), workers);
    check_ranges(normaliser, {2, 4});
  }
  SECTION("all points equal") {
    Normaliser normaliser(3);
    normaliser.update(points({{5, 5, 5}, {5, 5, 5}}), all_slots(2), all_slots(2), workers);
    check_ranges(normaliser, {1, 1, 1});
  }
  SECTION("one objective constant") {
    Normaliser normaliser(3);
    normaliser.update(points({{0, 2, 7}, {1, 1, 7}, {2, 0, 7}}), all_slots(3), all_slots(3), workers);
    check_ranges(normaliser, {2, 2, 1});
  }
  SECTION("a plane that leaves the positive side") {
    Normaliser normaliser(3);
    normaliser.update(points({{4, 0, 3.9}, {0, 4, 3.9}, {1, 1, 4}, {0.5, 0.5, 0}}), all_slots(4), all_slots(4),
                      workers);
    for (const double range : normaliser.range()) CHECK((std::isfinite(range) && range > 0.0));
  }
  SECTION("rounding noise is no range") {
    Normaliser normaliser(2);
    normaliser.update(points({{1e6, 0}, {std::nextafter(1e6, 2e6), -1}}), all_slots(2), all_slots(2), workers);
    check_ranges(normaliser, {1, 1});
  }
}

TEST_CASE("infinite objectives and empty sets do not poison the normalisation") {
  Normaliser normaliser(2);
  normaliser.update(points({{1, 1}}), {}, {}, workers);
  check_ranges(normaliser, {1, 1});
  normaliser.update(points({{kInfinity, kInfinity}}), all_slots(1), all_slots(1), workers);
  check_ranges(normaliser, {1, 1});
  CHECK(normaliser.ideal()[0] == 0.0);
  normaliser.update(points({{0, 3}, {2, 0}, {kInfinity, -1}, {-kInfinity, 1}}), all_slots(4), all_slots(4), workers);
  CHECK(normaliser.ideal()[0] == 0.0);
  CHECK(normaliser.ideal()[1] == -1.0);
  for (const double range : normaliser.range()) CHECK((std::isfinite(range) && range > 0.0));
}

TEST_CASE("a point with an infinite objective is no extreme point, however good that objective") {
  Normaliser normaliser(2);
  normaliser.update(points({{-kInfinity, 4}, {0, 4}, {2, 0}, {3, 3}}), all_slots(4), all_slots(4), workers);
  // The plane, not the worst of the first front.
  check_ranges(normaliser, {2, 4});
}

TEST_CASE("a restored normaliser goes on with the same bits") {
  Normaliser original(3);
  RowDraws draws({32, 0, Stage::sample}, 0);
  Population pool(50, {1, 3, 0});
  const auto draw = [&] {
    for (std::size_t k = 0; k < 3; ++k)
      for (double& value : pool.f.column(k)) value = draws.next_double();
  };
  draw();
  original.update(pool, all_slots(50), all_slots(20), workers);
  std::vector<double> state(original.state_size());
  original.get_state(state);
  Normaliser restored(3);
  restored.set_state(state);
  CHECK(std::equal(original.range().begin(), original.range().end(), restored.range().begin()));
  draw();
  original.update(pool, all_slots(50), all_slots(20), workers);
  restored.update(pool, all_slots(50), all_slots(20), workers);
  CHECK(std::equal(original.range().begin(), original.range().end(), restored.range().begin()));
  CHECK(std::equal(original.ideal().begin(), original.ideal().end(), restored.ideal().begin()));
}

TEST_CASE("the threads share large generations and change no bit") {
  const std::size_t m = 5, n = 20000;
  Population pool(n, {1, m, 0});
  RowDraws draws({33, 0, Stage::sample}, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < m; ++k) pool.f(i, k) = -std::log(1.0 - draws.next_double());
  std::vector<std::vector<double>> states;
  for (const std::size_t threads : {1, 2, 7}) {
    Workers several(threads);
    Normaliser normaliser(m);
    for (const std::size_t count : {n, n / 2, n}) normaliser.update(pool, all_slots(count), all_slots(100), several);
    states.emplace_back(normaliser.state_size());
    normaliser.get_state(states.back());
  }
  CHECK(states[1] == states[0]);
  CHECK(states[2] == states[0]);
}
