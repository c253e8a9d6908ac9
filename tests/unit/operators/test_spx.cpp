#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "operators/spx.hpp"
#include "tests/reference/many_parents.hpp"
#include "tests/unit/operators/parent_groups.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr auto kCross = [](auto&&... arguments) { spx(arguments...); };

}  // namespace

TEST_CASE("spx agrees with the recurrence of the paper") {
  for (const std::size_t parents : {2, 3, 10, 32})
    for (const std::size_t d : kSizes)
      for (const double expansion : {0.5, 3.0}) {
        const SpxOptions options{.parents = parents, .children = 3, .expansion = expansion};
        const Bounds bounds = uneven_bounds(d);
        const std::size_t groups = d == 1000 ? 2 : 10;
        const DecisionRows x =
            made_by(kCross, options, bounds, random_rows(bounds, parents * groups, (parents + 3) * groups), groups);
        for (std::size_t q = 0; q < groups; ++q) {
          RowDraws draws(kGroupKey, static_cast<std::uint32_t>(q));
          for (std::size_t c = 0; c < 3; ++c) {
            std::vector<reference::Vector> rows;
            for (std::size_t k = 0; k < parents; ++k)
              rows.emplace_back(x.row_data(parents * q + k), x.row_data(parents * q + k) + d);
            reference::Vector expected = reference::spx_child(options, rows, draws);
            for (std::size_t j = 0; j < d; ++j) expected[j] = std::clamp(expected[j], bounds.lower(j), bounds.upper(j));
            for (std::size_t j = 0; j < d; ++j)
              REQUIRE(x.row_data(parents * groups + 3 * q + c)[j] == Approx(expected[j]).epsilon(1e-12).margin(1e-9));
          }
        }
      }
}

TEST_CASE("spx is uniform in the simplex: mean and variance of a coordinate") {
  // Three parents at the corners of a triangle: the first coordinate of a uniform point has the density 2 (1 - t).
  constexpr std::size_t kGroups = 4000;
  const SpxOptions options{.parents = 3, .children = 2, .expansion = 1.0};
  const Bounds bounds(2, -10.0, 10.0);
  DecisionRows x(5 * kGroups, 2);
  for (std::size_t q = 0; q < kGroups; ++q) {
    x.row_data(3 * q + 1)[0] = 1.0;
    x.row_data(3 * q + 2)[1] = 1.0;
  }
  x = made_by(kCross, options, bounds, x, kGroups);
  for (const std::size_t j : {0, 1}) {
    double sum = 0.0, squares = 0.0;
    for (std::size_t i = 3 * kGroups; i < 5 * kGroups; ++i) {
      const double t = x.row_data(i)[j];
      REQUIRE((t >= 0.0 && t <= 1.0));
      sum += t;
      squares += t * t;
    }
    // Five standard errors of 8000 draws.
    CHECK(sum / 8000.0 == Approx(1.0 / 3.0).margin(5.0 * 0.236 / std::sqrt(8000.0)));
    CHECK(squares / 8000.0 == Approx(1.0 / 6.0).margin(5.0 * 0.2 / std::sqrt(8000.0)));
  }
}

TEST_CASE("spx keeps the contract of a crossover, and says what is wrong with its options") {
  CHECK(keeps_the_contract(kCross, SpxOptions{}));
  CHECK(keeps_the_contract(kCross, SpxOptions{.parents = 2, .children = 1}));
  CHECK(SpxOptions{}.error().empty());
  CHECK_FALSE(SpxOptions{.parents = 1}.error().empty());
  CHECK_FALSE(SpxOptions{.parents = 33}.error().empty());
  CHECK_FALSE(SpxOptions{.children = 0}.error().empty());
  CHECK_FALSE(SpxOptions{.expansion = 0.0}.error().empty());
  CHECK_FALSE(SpxOptions{.expansion = std::nan("")}.error().empty());
}
