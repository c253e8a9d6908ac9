#include "engine/decide/weights.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "tests/reference/choice.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

namespace {

void check_close(const std::vector<double>& weights, const std::vector<double>& expected) {
  REQUIRE(weights.size() == expected.size());
  for (std::size_t k = 0; k < weights.size(); ++k) CHECK(weights[k] == Approx(expected[k]).margin(1e-13));
}

}  // namespace

// The figures come from a short Python script that knows nothing of this code: shares by plain division,
// math.log, statistics.stdev and statistics.correlation over the columns of the five schemes.
TEST_CASE("weights of the worked example", "[decide]") {
  const ScaledFront front(five_schemes());
  check_close(entropy_weights(front), {0.260201314627920, 0.277405506517226, 0.462393178854853});
  check_close(critic_weights(front), {0.440625602958406, 0.278879505690931, 0.280494891350663});
  check_close(equal_weights(front), {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0});
  check_close(given_weights(front, std::vector{5.0, 3.0, 2.0}), {0.5, 0.3, 0.2});
}

TEST_CASE("CRITIC equals its definition", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed)
    for (const std::size_t m : {2, 3, 7}) {
      Columns f = scattered(25, m, seed);
      if (seed % 3 == 0)
        for (double& value : f.column(m - 1)) value = 0.5;
      if (seed % 3 == 0 && m == 2) continue;
      check_close(critic_weights(ScaledFront(f)), reference::critic(f));
    }
}

TEST_CASE("weights sum to 1, do not depend on units and follow no order of rows", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(31, 4, seed);
    for (const auto method : {entropy_weights, critic_weights, equal_weights}) {
      const auto weights = method(ScaledFront(f));
      CHECK(std::accumulate(weights.begin(), weights.end(), 0.0) == Approx(1.0).epsilon(1e-14));
      check_close(method(ScaledFront(in_other_units(f))), weights);
      check_close(method(ScaledFront(permuted(f))), weights);
    }
    const ObjectiveBox box{{-1, -2, -3, -4}, {2, 2, 2, 2}};
    check_close(entropy_weights(ScaledFront(f, box)), entropy_weights(ScaledFront(f)));
  }
}

TEST_CASE("two solutions and equal or opposite objectives", "[decide]") {
  const ScaledFront two(points({{1, 8, 3}, {2, 4, 9}}));
  check_close(entropy_weights(two), {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0});
  // Objectives 1 and 3 agree and both contradict the second, which has twice their conflict.
  check_close(critic_weights(two), {0.25, 0.5, 0.25});
  const ScaledFront agreeing(points({{1, 10}, {2, 20}, {7, 70}}));
  check_close(critic_weights(agreeing), {0.5, 0.5});
  check_close(critic_weights(ScaledFront(points({{1}, {3}, {2}}))), {1.0});
  check_close(entropy_weights(ScaledFront(points({{1, 5}, {3, 5}, {2, 5}}))), {1.0, 0.0});
  check_close(given_weights(ScaledFront(points({{1, 5}, {3, 5}})), std::vector{1.0, 3.0}), {1.0, 0.0});
  check_close(given_weights(ScaledFront(points({{1, 5}, {3, 5}})), std::vector{0.0, 3.0}), {0.0, 0.0});
  check_close(critic_weights(ScaledFront(points({{1, 5}}))), {0.0, 0.0});
}

TEST_CASE("extreme weights neither overflow nor vanish", "[decide]") {
  const ScaledFront front(points({{1, 2}, {2, 1}}));
  const double huge = std::numeric_limits<double>::max(), tiny = std::numeric_limits<double>::denorm_min();
  check_close(given_weights(front, std::vector{huge, huge}), {0.5, 0.5});
  check_close(given_weights(front, std::vector{tiny, tiny}), {0.5, 0.5});
}

TEST_CASE("impossible weights are refused", "[decide]") {
  const ScaledFront front(points({{1, 2}, {2, 1}}));
  CHECK_THROWS_AS(given_weights(front, std::vector{1.0}), std::invalid_argument);
  CHECK_THROWS_AS(given_weights(front, std::vector{1.0, -0.1}), std::invalid_argument);
  CHECK_THROWS_AS(given_weights(front, std::vector{1.0, std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(given_weights(front, std::vector{0.0, 0.0}), std::invalid_argument);
}
