#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/decide/achievement.hpp"
#include "engine/decide/balanced.hpp"
#include "engine/decide/pseudo_weights.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

// The figures of the worked example come from the Python script of test_weights.cpp.
TEST_CASE("pseudo-weights of the worked example", "[decide]") {
  const PseudoWeightChoice choice = nearest_pseudo_weights(ScaledFront(five_schemes()), std::vector{5.0, 3.0, 2.0});
  CHECK(choice.chosen == 1);
  CHECK(choice.wanted == std::vector<double>{0.5, 0.3, 0.2});
  const std::vector<double> distances = {0.5330497273560126, 0.1154982777353292, 0.2215001698665016, 0.3200816504438654,
                                         0.6164414002968976};
  for (std::size_t i = 0; i < 5; ++i) CHECK(choice.distance[i] == Approx(distances[i]).margin(1e-13));
  CHECK(choice.pseudo_weights(1, 0) == Approx(0.4635055940330314));
  CHECK(choice.pseudo_weights(4, 0) == 0.0);
}

TEST_CASE("pseudo-weights sum to 1, in any unit and order of rows", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(40, 4, seed);
    const std::vector<double> wanted = {1, 2, 0, 1};
    const PseudoWeightChoice choice = nearest_pseudo_weights(ScaledFront(f), wanted);
    const PseudoWeightChoice other = nearest_pseudo_weights(ScaledFront(in_other_units(f)), wanted);
    const PseudoWeightChoice mixed = nearest_pseudo_weights(ScaledFront(permuted(f)), wanted);
    for (std::size_t i = 0; i < 40; ++i) {
      double sum = 0.0;
      for (std::size_t k = 0; k < 4; ++k) sum += choice.pseudo_weights(i, k);
      CHECK(sum == Approx(1.0));
      CHECK(other.distance[i] == Approx(choice.distance[i]).margin(1e-12));
      CHECK(mixed.distance[moved(i, 40)] == choice.distance[i]);
    }
  }
}

TEST_CASE("an end of the front has the pseudo-weights of its objective", "[decide]") {
  const ScaledFront front(points({{0, 1}, {0.5, 0.5}, {1, 0}, {1, 1}}));
  CHECK(nearest_pseudo_weights(front, std::vector{1.0, 0.0}).chosen == 0);
  CHECK(nearest_pseudo_weights(front, std::vector{1.0, 1.0}).chosen == 1);
  CHECK(nearest_pseudo_weights(front, std::vector{0.0, 1.0}).chosen == 2);
  CHECK(nearest_pseudo_weights(front, std::vector{0.0, 1.0}).pseudo_weights(3, 0) == 0.0);
  CHECK_THROWS_AS(nearest_pseudo_weights(front, std::vector{1.0}), std::invalid_argument);
}

TEST_CASE("aspiration levels of the worked example", "[decide]") {
  const AchievementChoice choice = best_achievement(ScaledFront(five_schemes()), {260.0, std::nullopt, -110.0});
  const std::vector<double> values = {0.2509868421052632, -0.052264670296430726, 0.2109483363581367, 0.3340133091349063,
                                      0.7369122807017544};
  for (std::size_t i = 0; i < 5; ++i) CHECK(choice.achievement[i] == Approx(values[i]).margin(1e-13));
  CHECK(choice.chosen == 1);
  // Cost passes by 10 of a range of 190, benefit by 10 of 60.
  CHECK(choice.farthest_behind == 0);
  CHECK(choice.shortfall == Approx(-10.0 / 190.0));
}

TEST_CASE("levels out of reach are missed least, and equal misses go to the one that gains elsewhere", "[decide]") {
  const Columns f = points({{0, 4, 5}, {2, 2, 3}, {2, 2, 1}, {4, 0, 0}});
  const AchievementChoice choice = best_achievement(ScaledFront(f), {-4.0, -4.0, std::nullopt});
  CHECK(choice.chosen == 2);
  CHECK(choice.shortfall == 1.5);
  CHECK(best_achievement(ScaledFront(f), {std::nullopt, 0.0, std::nullopt}).chosen == 3);
  const Columns twice = points({{1, 1}, {0, 2}, {1, 1}, {2, 0}});
  CHECK(best_achievement(ScaledFront(twice), {0.0, 0.0}).chosen == 0);
}

TEST_CASE("the choice by aspiration is dominated by none, in any unit and order of rows", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Columns f = scattered(40, 3, seed);
    const AchievementChoice choice = best_achievement(ScaledFront(f), {0.5, 0.25, 2.0});
    // The units of in_other_units.
    const AchievementChoice other =
        best_achievement(ScaledFront(in_other_units(f)), {0.5 * 0.0625 + 5, 0.25 * 1024 - 300, 2.0 * 0.0625 - 300});
    const AchievementChoice mixed = best_achievement(ScaledFront(permuted(f)), {0.5, 0.25, 2.0});
    for (std::size_t i = 0; i < 40; ++i) {
      CHECK(other.achievement[i] == Approx(choice.achievement[i]).margin(1e-11));
      CHECK(mixed.achievement[moved(i, 40)] == choice.achievement[i]);
      bool no_worse = true, better = false;
      for (std::size_t k = 0; k < 3; ++k) {
        no_worse = no_worse && f(i, k) <= f(choice.chosen, k);
        better = better || f(i, k) < f(choice.chosen, k);
      }
      CHECK_FALSE((no_worse && better));
    }
  }
}

TEST_CASE("a level of a constant objective decides nothing", "[decide]") {
  const ScaledFront front(points({{7, 1}, {7, 0}}));
  const AchievementChoice choice = best_achievement(front, {-1e9, std::nullopt});
  CHECK(choice.chosen == 1);
  CHECK_FALSE(choice.farthest_behind.has_value());
  CHECK(best_achievement(front, {-1e9, 1.0}).farthest_behind == 1);
  CHECK(best_achievement(ScaledFront(points({{7, 1}})), {1.0, 1.0}).chosen == 0);
}

TEST_CASE("impossible levels are refused", "[decide]") {
  const ScaledFront front(points({{1, 2}, {2, 1}}));
  CHECK_THROWS_AS(best_achievement(front, {1.0}), std::invalid_argument);
  CHECK_THROWS_AS(best_achievement(front, {std::nullopt, std::nullopt}), std::invalid_argument);
  CHECK_THROWS_AS(best_achievement(front, {std::nan(""), 1.0}), std::invalid_argument);
  CHECK_THROWS_AS(best_achievement(front, {std::numeric_limits<double>::max(), 1.0}), std::invalid_argument);
}

TEST_CASE("the balanced scheme has the least largest distance, then the least sum", "[decide]") {
  const BalancedChoice choice =
      most_balanced(ScaledFront(points({{0, 4, 4}, {4, 0, 0}, {2, 2, 2}, {2, 2, 1}, {2, 1, 2}})));
  CHECK(choice.chosen == 3);
  CHECK(choice.largest == std::vector<double>{1, 1, 0.5, 0.5, 0.5});
  CHECK(choice.objective == 0);
  CHECK(most_balanced(ScaledFront(points({{1, 1}, {3, 0}}), {{0, 0}, {4, 1}})).chosen == 1);
}
