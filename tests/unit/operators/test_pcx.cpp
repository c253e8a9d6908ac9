#include <catch2/catch.hpp>

#include <cmath>
#include <utility>
#include <vector>

#include "operators/pcx.hpp"
#include "tests/reference/many_parents.hpp"
#include "tests/unit/operators/parent_groups.hpp"

using namespace millrace;
using namespace millrace::test;
using reference::Vector;

namespace {

constexpr auto kCross = [](auto&&... arguments) { pcx(arguments...); };

}  // namespace

TEST_CASE("pcx agrees with the paper, written out") {
  for (const std::size_t parents : {2, 3, 10})
    for (const std::size_t d : {1, 2, 9, 17, 100}) {
      const PcxOptions options{.parents = parents, .children = 3, .zeta = 0.2, .eta = 0.3};
      const Bounds bounds = roomy_bounds(d);
      const std::size_t groups = 10;
      const DecisionRows x =
          made_by(kCross, options, bounds, central_rows(bounds, parents * groups, (parents + 3) * groups), groups);
      for (std::size_t q = 0; q < groups; ++q) {
        RowDraws draws(kGroupKey, static_cast<std::uint32_t>(q));
        for (std::size_t c = 0; c < 3; ++c) {
          const Vector expected = reference::pcx_child(options, scaled_parents(x, bounds, parents, q), draws);
          const Vector child = reference::scaled(x.row_data(parents * groups + 3 * q + c), bounds);
          CAPTURE(parents, d, q, c);
          for (std::size_t j = 0; j < d; ++j) REQUIRE(child[j] == Approx(expected[j]).epsilon(1e-6).margin(1e-8));
        }
      }
    }
}

TEST_CASE("without deviations pcx copies parents, each of them about as often") {
  constexpr std::size_t kGroups = 1000;
  const PcxOptions options{.parents = 4, .children = 1, .zeta = 0.0, .eta = 0.0};
  const Bounds bounds(3, 0.0, 10.0);
  DecisionRows x(5 * kGroups, 3);
  for (std::size_t i = 0; i < 4 * kGroups; ++i) x.row_data(i)[0] = static_cast<double>(i % 4);
  x = made_by(kCross, options, bounds, x, kGroups);
  std::vector<int> count(4, 0);
  for (std::size_t i = 4 * kGroups; i < 5 * kGroups; ++i) ++count[static_cast<std::size_t>(std::lround(x.row(i)[0]))];
  for (const int times : count) CHECK(std::abs(times - 250) < 70);
}

TEST_CASE("pcx keeps the contract of a crossover, and says what is wrong with its options") {
  CHECK(keeps_the_contract(kCross, PcxOptions{}));
  CHECK(keeps_the_contract(kCross, PcxOptions{.parents = 2, .children = 1}));
  CHECK(PcxOptions{}.error().empty());
  CHECK_FALSE(PcxOptions{.parents = 1}.error().empty());
  CHECK_FALSE(PcxOptions{.children = 0}.error().empty());
  CHECK_FALSE(PcxOptions{.zeta = -1.0}.error().empty());
  CHECK_FALSE(PcxOptions{.eta = std::nan("")}.error().empty());
}
