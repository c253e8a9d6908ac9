#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/decide/balanced.hpp"
#include "engine/decide/knee.hpp"
#include "engine/decide/pseudo_weights.hpp"
#include "engine/decide/topsis.hpp"
#include "engine/decide/weights.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;
using Catch::Matchers::Contains;

TEST_CASE("a front is measured in its own box or a given one", "[decide]") {
  const ScaledFront own(points({{2, 10, 7}, {4, 30, 7}, {3, 15, 7}}));
  CHECK(own(0, 0) == 0.0);
  CHECK(own(1, 1) == 1.0);
  CHECK(own(2, 1) == 0.25);
  CHECK(std::vector<std::size_t>(own.varying().begin(), own.varying().end()) == std::vector<std::size_t>{0, 1});
  const ScaledFront given(points({{2, 7}, {5, 7}}), {{1, 0}, {3, 14}});
  CHECK(given(0, 0) == 0.5);
  CHECK(given(1, 0) == 2.0);
  CHECK(given(1, 1) == 0.5);
  CHECK(given.worst(0) == 2.0);
  CHECK(given.best(0) == 0.0);
  CHECK(given.varying().size() == 1);
  CHECK(given.scaled(0, 7.0) == 3.0);
}

TEST_CASE("the range of huge values does not overflow", "[decide]") {
  const double huge = std::numeric_limits<double>::max();
  const ScaledFront front(points({{-huge}, {huge}, {0}}));
  CHECK(front(0, 0) == 0.0);
  CHECK(front(1, 0) == 1.0);
  CHECK(front(2, 0) == 0.5);
}

TEST_CASE("a difference lost in the rounding of the box is none", "[decide]") {
  const Columns f = points({{1.0, 2.0}, {1.0 + 1e-15, 1.0}});
  CHECK(ScaledFront(f).varying().size() == 2);
  CHECK(ScaledFront(f, {{-1e9, 0.0}, {1e9, 2.0}}).varying().size() == 1);
}

TEST_CASE("what cannot be chosen from is refused in a sentence", "[decide]") {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(ScaledFront(Columns(0, 2)), Contains("at least one solution"));
  CHECK_THROWS_WITH(ScaledFront(Columns(2, 0)), Contains("one objective"));
  CHECK_THROWS_WITH(ScaledFront(points({{1, 2}, {3, nan}})), Contains("objective 2 of solution 2 is not finite"));
  CHECK_THROWS_AS(ScaledFront(points({{infinity}})), std::invalid_argument);
  CHECK_THROWS_WITH(ScaledFront(points({{1, 2}}), {{0}, {1}}), Contains("for 2 objectives"));
  CHECK_THROWS_WITH(ScaledFront(points({{1}}), {{1}, {1}}), Contains("must be below"));
  CHECK_THROWS_AS(ScaledFront(points({{1}}), {{nan}, {1}}), std::invalid_argument);
  CHECK_THROWS_AS(ScaledFront(points({{1}}), {{0}, {infinity}}), std::invalid_argument);
  CHECK_THROWS_WITH(ScaledFront(points({{1e200}}), {{0}, {1e-200}}), Contains("too far outside"));
}

TEST_CASE("where all solutions are equal the first is chosen by every method", "[decide]") {
  for (const Columns& f : {points({{1, 2, 3}}), points({{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}), points({{0}, {0}})}) {
    const ScaledFront front(f);
    const std::vector<double> weights(front.objectives(), 2.0);
    CHECK(topsis(front, weights).chosen() == 0);
    CHECK(topsis(front, entropy_weights(front)).closeness == std::vector<double>(f.rows(), 1.0));
    CHECK(knee(front).chosen == 0);
    CHECK(nearest_pseudo_weights(front, weights).chosen == 0);
    CHECK(most_balanced(front).chosen == 0);
    CHECK_FALSE(most_balanced(front).objective.has_value());
  }
}

TEST_CASE("a constant objective changes no choice", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(40, 3, seed);
    Columns with(40, 4);
    for (std::size_t i = 0; i < 40; ++i) {
      for (std::size_t k = 0; k < 3; ++k) with(i, k < 1 ? k : k + 1) = f(i, k);
      with(i, 1) = -4.25;
    }
    const ScaledFront plain(f), padded(with);
    CHECK(topsis(plain, entropy_weights(plain)).ranking == topsis(padded, entropy_weights(padded)).ranking);
    CHECK(topsis(plain, critic_weights(plain)).ranking == topsis(padded, critic_weights(padded)).ranking);
    CHECK(knee(plain).distance == knee(padded).distance);
    CHECK(most_balanced(plain).largest == most_balanced(padded).largest);
    CHECK(nearest_pseudo_weights(plain, std::vector{1.0, 1.0, 2.0}).chosen ==
          nearest_pseudo_weights(padded, std::vector{1.0, 9.0, 1.0, 2.0}).chosen);
  }
}
