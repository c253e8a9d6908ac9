#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/run/front.hpp"
#include "tests/reference/dominance.hpp"
#include "tests/unit/run/small_problem.hpp"

using namespace millrace;
using testing::population_of;

namespace {

std::vector<Slot> all_of(const Population& pool) {
  std::vector<Slot> slots(pool.size());
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

bool ordered(const Population& front) {
  for (Slot i = 1; i < front.size(); ++i)
    for (std::size_t k = 0; k < front.f.columns(); ++k) {
      if (front.f(i - 1, k) < front.f(i, k)) break;
      if (front.f(i - 1, k) > front.f(i, k)) return false;
    }
  return true;
}

}  // namespace

TEST_CASE("the final front: random populations against the definition") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    RowDraws draws({seed, 0, Stage::sample}, 0);
    std::vector<std::array<double, 3>> values(1 + draws.below(60));
    for (auto& point : values)
      for (double& value : point) value = draws.below(6);
    Population pool = population_of<3>(values);
    for (Slot i = 0; i < pool.size(); ++i) {
      pool.x.row(i)[0] = draws.below(3);
      pool.violation[i] = draws.below(4) == 0 ? 1.0 + draws.below(2) : 0.0;
    }
    const auto slots = all_of(pool);
    const Population front = final_front(pool, slots);
    REQUIRE(front.size() > 0);
    CHECK(ordered(front));
    double least = kFailedViolation;
    for (const Slot i : slots) least = std::min(least, pool.violation[i]);
    for (Slot a = 0; a < front.size(); ++a) {
      CHECK(front.violation[a] == least);
      for (Slot b = 0; b < front.size(); ++b) {
        CHECK_FALSE(reference::dominates(front.f, a, b));
        bool same = front.x.row(a)[0] == front.x.row(b)[0];
        for (std::size_t k = 0; k < 3; ++k) same &= front.f(a, k) == front.f(b, k);
        CHECK(same == (a == b));
      }
    }
    // Nothing is missing: every individual of least violation is in the front or dominated by some of it.
    for (const Slot i : slots) {
      if (pool.violation[i] != least) continue;
      bool covered = false;
      for (Slot a = 0; a < front.size(); ++a) {
        bool no_worse = true;
        for (std::size_t k = 0; k < 3; ++k) no_worse &= front.f(a, k) <= pool.f(i, k);
        covered |= no_worse;
      }
      CHECK(covered);
    }
  }
}

TEST_CASE("only survivors count; equal objectives with other decisions stay, in their order") {
  const std::array<std::array<double, 2>, 4> values = {{{0, 0}, {1, 2}, {2, 1}, {1, 2}}};
  const Population pool = population_of<2>(values);
  const std::vector<Slot> survivors = {1, 2, 3};
  const Population front = final_front(pool, survivors);
  REQUIRE(front.size() == 3);
  CHECK(front.x.row(0)[0] == 1.0);
  CHECK(front.x.row(1)[0] == 3.0);
  CHECK(front.x.row(2)[0] == 2.0);
}

TEST_CASE("nothing feasible: those of least violation; all failed or nobody: an empty front") {
  const std::array<std::array<double, 2>, 4> values = {{{0, 0}, {3, 1}, {1, 3}, {9, 9}}};
  Population pool = population_of<2>(values, 1);
  const std::array<double, 4> violations = {5.0, 2.0, 2.0, kFailedViolation};
  std::copy(violations.begin(), violations.end(), pool.violation.begin());
  const Population front = final_front(pool, all_of(pool));
  REQUIRE(front.size() == 2);
  CHECK(front.f(0, 0) == 1.0);
  CHECK(front.f(1, 0) == 3.0);
  CHECK(front.shape() == pool.shape());
  std::fill_n(pool.violation.begin(), 4, kFailedViolation);
  CHECK(final_front(pool, all_of(pool)).size() == 0);
  CHECK(final_front(pool, {}).size() == 0);
}

TEST_CASE("the balanced scheme: smallest worst share, then smallest sum, then the first") {
  const ReferenceBox box{{0.0, 0.0}, {1.0, 10.0}, true};
  const std::array<std::array<double, 2>, 4> values = {{{0.1, 9.0}, {0.5, 4.0}, {0.3, 5.0}, {0.9, 0.0}}};
  CHECK(balanced_scheme(population_of<2>(values), box) == 2);
  const std::array<std::array<double, 2>, 3> tied = {{{0.5, 1.0}, {0.5, 1.0}, {0.5, 1.0}}};
  CHECK(balanced_scheme(population_of<2>(tied), box) == 0);
  const std::array<std::array<double, 2>, 1> one = {{{7.0, 70.0}}};
  CHECK(balanced_scheme(population_of<2>(one), box) == 0);
}
