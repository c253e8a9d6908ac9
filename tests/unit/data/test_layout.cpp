#include <catch2/catch.hpp>

#include <cstdint>

#include "engine/data/bounds.hpp"
#include "engine/data/population.hpp"
#include "engine/data/simd_target.hpp"

using namespace millrace;

namespace {

bool is_aligned(const void* address) { return reinterpret_cast<std::uintptr_t>(address) % kAlignment == 0; }

}  // namespace

TEST_CASE("decision rows are aligned and padded with zeros") {
  for (const std::size_t d : {1u, 7u, 8u, 9u, 1000u}) {
    DecisionRows rows(5, d);
    CHECK(rows.stride() % 8 == 0);
    CHECK(rows.stride() >= d);
    CHECK(rows.stride() < d + 8);
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK(is_aligned(rows.row_data(i)));
      CHECK(rows.row(i).size() == d);
      for (std::size_t j = d; j < rows.stride(); ++j) CHECK(rows.row_data(i)[j] == 0.0);
    }
  }
}

TEST_CASE("columns are aligned, contiguous and padded to whole tiles") {
  for (const std::size_t n : {0u, 1u, 63u, 64u, 65u}) {
    Columns columns(n, 3);
    CHECK(columns.stride() % 64 == 0);
    for (std::size_t k = 0; k < 3; ++k) {
      CHECK(columns.column(k).size() == n);
      if (n == 0) continue;
      CHECK(is_aligned(columns.column_data(k)));
      columns(n - 1, k) = 7.0;
      CHECK(columns.column(k)[n - 1] == 7.0);
    }
  }
}

TEST_CASE("extract keeps decisions, results and violation in the order asked for") {
  Population pool(4, {2, 1, 1});
  for (Slot i = 0; i < 4; ++i) {
    pool.x.row(i)[1] = 10.0 + i;
    pool.f(i, 0) = i;
    pool.g(i, 0) = -1.0 * i;
    pool.violation[i] = 0.5 * i;
  }
  const Slot wanted[] = {3, 1};
  const Population some = extract(pool, wanted);
  REQUIRE(some.size() == 2);
  CHECK(some.x.row(0)[1] == 13.0);
  CHECK(some.f(1, 0) == 1.0);
  CHECK(some.g(0, 0) == -3.0);
  CHECK(some.violation[0] == 1.5);
  CHECK_FALSE(some.feasible(0));
}

TEST_CASE("bounds are padded like rows") {
  Bounds bounds(3, -1.0, 2.0);
  CHECK(bounds.lower(2) == -1.0);
  CHECK(bounds.upper_data()[3] == 0.0);
  CHECK(is_aligned(bounds.lower_data()));
}

TEST_CASE("every SIMD target of the machine can be chosen, others are refused") {
  const auto targets = simd_targets();
  REQUIRE_FALSE(targets.empty());
  for (const auto& name : targets) {
    use_simd_target(name);
    CHECK(simd_target() == name);
  }
  use_simd_target("");
  CHECK(simd_target() == targets.front());
  CHECK_THROWS_AS(use_simd_target("ALTIVEC"), std::invalid_argument);
  CHECK(simd_target() == targets.front());
}
