#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "operators/uniform_mutation.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr StreamKey kKey{5, 2, Stage::mutate};

}  // namespace

TEST_CASE("uniform mutation changes each variable with its probability, false alarm one in a million a case") {
  constexpr std::size_t kRows = 5000;
  constexpr std::size_t kVariables = 10;
  const Bounds bounds(kVariables, 1.0, 2.0);
  for (const double probability : {0.0, 0.1, 0.5, 1.0}) {
    DecisionRows x(kRows, kVariables);
    uniform_mutation({.probability = probability}, bounds, x, slots(0, kRows), kKey, 0);
    std::vector<double> changed(kVariables, 0.0);
    for (std::size_t i = 0; i < kRows; ++i)
      for (std::size_t j = 0; j < kVariables; ++j) changed[j] += x.row(i)[j] != 0.0;
    const double expected = probability * kRows;
    if (probability == 0.0 || probability == 1.0) CHECK(changed == std::vector<double>(kVariables, expected));
    else CHECK(chi_square(changed, std::vector<double>(kVariables, expected)) < chi_square_limit(kVariables));
  }
}

TEST_CASE("uniform mutation reaches all values alike, and every level of a variable with levels") {
  constexpr std::size_t kRows = 8000;
  Bounds bounds(3, -2.0, 6.0);
  bounds.set(1, -2.0, 5.0);
  bounds.set_kind(1, VariableKind::integer);
  bounds.set(2, 4.0, 4.0);
  DecisionRows x(kRows, 3);
  uniform_mutation({.probability = 1.0}, bounds, x, slots(0, kRows), kKey, 0);
  std::vector<double> real(8, 0.0);
  std::vector<double> level(8, 0.0);
  for (std::size_t i = 0; i < kRows; ++i) {
    REQUIRE(inside(bounds, x, i));
    REQUIRE(bounds.is_level(1, x.row(i)[1]));
    REQUIRE(x.row(i)[2] == 4.0);
    real[static_cast<std::size_t>(x.row(i)[0] + 2.0)] += 1.0;
    level[static_cast<std::size_t>(x.row(i)[1] + 2.0)] += 1.0;
  }
  const std::vector<double> expected(8, kRows / 8.0);
  CHECK(chi_square(real, expected) < chi_square_limit(7));
  CHECK(chi_square(level, expected) < chi_square_limit(7));
}

TEST_CASE("uniform mutation of a row depends on its number, not on its company") {
  const Bounds bounds = uneven_bounds(14);
  DecisionRows together = random_rows(bounds, 20, 20);
  DecisionRows apart = together;
  uniform_mutation({}, bounds, together, slots(0, 20), kKey, 7);
  for (std::uint32_t i = 0; i < 20; ++i) uniform_mutation({}, bounds, apart, slots(i, 1), kKey, 7 + i);
  CHECK(all_values(together) == all_values(apart));
  CHECK(UniformMutationOptions{}.error().empty());
  for (const double bad : {-0.1, 1.1, std::nan("")})
    CHECK_FALSE(UniformMutationOptions{.probability = bad}.error().empty());
}
