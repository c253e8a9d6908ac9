#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "operators/undx.hpp"
#include "tests/reference/many_parents.hpp"
#include "tests/unit/operators/parent_groups.hpp"

using namespace millrace;
using namespace millrace::test;
using reference::Vector;

namespace {

constexpr auto kCross = [](auto&&... arguments) { undx(arguments...); };

}  // namespace

TEST_CASE("undx agrees with the paper, written out") {
  for (const std::size_t parents : {3, 4, 10})
    for (const std::size_t d : {1, 2, 9, 17, 100}) {
      const UndxOptions options{.parents = parents, .children = 2};
      const Bounds bounds = roomy_bounds(d);
      const std::size_t groups = 10;
      const DecisionRows x =
          made_by(kCross, options, bounds, central_rows(bounds, parents * groups, (parents + 2) * groups), groups);
      for (std::size_t q = 0; q < groups; ++q) {
        RowDraws draws(kGroupKey, static_cast<std::uint32_t>(q));
        for (std::size_t c = 0; c < 2; ++c) {
          const Vector expected =
              reference::undx_child(options, scaled_parents(x, bounds, parents, q), std::vector<bool>(d, true), draws);
          const Vector child = reference::scaled(x.row_data(parents * groups + 2 * q + c), bounds);
          CAPTURE(parents, d, q, c);
          for (std::size_t j = 0; j < d; ++j) REQUIRE(child[j] == Approx(expected[j]).epsilon(1e-6).margin(1e-8));
        }
      }
    }
}

TEST_CASE("undx keeps the contract of a crossover, and says what is wrong with its options") {
  CHECK(keeps_the_contract(kCross, UndxOptions{}));
  CHECK(keeps_the_contract(kCross, UndxOptions{.parents = 3, .children = 1}));
  CHECK(UndxOptions{}.error().empty());
  CHECK_FALSE(UndxOptions{.parents = 2}.error().empty());
  CHECK_FALSE(UndxOptions{.children = 0}.error().empty());
  CHECK_FALSE(UndxOptions{.zeta = -1.0}.error().empty());
  CHECK_FALSE(UndxOptions{.eta = std::nan("")}.error().empty());
}
