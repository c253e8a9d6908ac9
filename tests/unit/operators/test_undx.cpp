#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "operators/undx.hpp"
#include "tests/unit/operators/parent_groups.hpp"

using namespace millrace;
using namespace millrace::test;
using reference::Vector;

namespace {

constexpr auto kCross = [](auto&&... arguments) { undx(arguments...); };

double length(const Vector& v) { return std::sqrt(reference::dot(v, v)); }

/// One child by the paper, every vector written out, in widths of the bounds; the other directions are what a normal
/// vector has outside the parents' space.
Vector expected_child(const UndxOptions& options, const std::vector<Vector>& parents, RowDraws& draws) {
  const std::size_t primary = parents.size() - 1;
  const std::size_t d = parents[0].size();
  const std::vector<Vector> deviation = deviations(parents, primary);
  const std::vector<Vector> basis = reference::orthonormal_basis(deviation);
  const double across = reference::dot(deviation[primary], basis[primary]) * options.eta;
  const Coefficients normals = normal_coefficients(draws, primary);
  Vector other(d);
  for (std::size_t j = 0; j < d; j += 2) {
    const auto pair = normal_pair(draws);
    other[j] = pair[0];
    if (j + 1 < d) other[j + 1] = pair[1];
  }
  Vector child(d, 0.0);
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k < primary; ++k) child[j] += parents[k][j] / static_cast<double>(primary);
    child[j] += across / std::sqrt(static_cast<double>(d)) * other[j];
  }
  for (std::size_t a = 0; a < primary; ++a) {
    const double inside = across / std::sqrt(static_cast<double>(d)) * reference::dot(other, basis[a]);
    for (std::size_t j = 0; j < d; ++j)
      child[j] += (options.zeta * length(deviation[a]) * normals[a] - inside) * basis[a][j];
  }
  return child;
}

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
          const Vector expected = expected_child(options, scaled_parents(x, bounds, parents, q), draws);
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
