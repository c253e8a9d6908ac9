#include "engine/decide/reason.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "engine/decide/weights.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

namespace {

const std::vector<ObjectiveSpec> kSpecs = {
    {"cost", "CNY", Sense::minimise}, {"shortage", "m3", Sense::minimise}, {"benefit", "t", Sense::maximise}};
const std::vector<ObjectiveSpec> kTwo = {{"cost", "CNY", Sense::minimise}, {"shortage", "m3", Sense::minimise}};

}  // namespace

TEST_CASE("why TOPSIS and pseudo-weights chose", "[decide]") {
  const ScaledFront front(five_schemes());
  CHECK(
      reason(kSpecs, topsis(front, entropy_weights(front)), "entropy") ==
      "TOPSIS with entropy weights (cost 0.26, shortage 0.277, benefit 0.462): closeness to the best of all objectives "
      "0.6745 of 1, the highest of 5 solutions.");
  CHECK(reason(kSpecs, nearest_pseudo_weights(front, std::vector{5.0, 3.0, 2.0}), "given") ==
        "Pseudo-weights with given weights (cost 0.5, shortage 0.3, benefit 0.2): it has cost 0.464, shortage 0.243, "
        "benefit 0.294, at a distance of 0.1155 the nearest of 5 solutions.");
}

TEST_CASE("why a knee was chosen, or that there is none", "[decide]") {
  CHECK(reason(knee(ScaledFront(points({{0, 10}, {1, 4}, {2, 1}, {6, 0.5}, {10, 0}})))) ==
        "Knee: 0.4950 ranges below the plane through the ends of the front, the farthest of 5 solutions; "
        "every other loses at least 3 ranges for each one that it gains.");
  CHECK(reason(knee(ScaledFront(points({{0, 1}, {0.75, 0.75}, {1, 0}})))) ==
        "No knee: no solution lies below the plane through the ends of the front; at 0.0000 ranges this is "
        "the nearest of 3 solutions; every other loses at least 1 ranges for each one that it gains.");
  CHECK(reason(knee(ScaledFront(points({{1, 1}})))) ==
        "No knee: no solution lies below the plane through the ends of the front; at 0.0000 ranges this is the only "
        "solution.");
}

TEST_CASE("how aspiration levels were met", "[decide]") {
  const ScaledFront front(five_schemes());
  CHECK(
      reason(kSpecs, best_achievement(front, {260.0, std::nullopt, -110.0})) ==
      "Aspiration levels (cost at most 260 CNY, benefit at least 110 t): all reached; the one with the least to spare, "
      "cost, passes by 5.26 % of its range, the best achievement of 5 solutions.");
  // 80 CNY of a range of 190, and 7 of 29 behind for the shortage.
  CHECK(reason(kSpecs, best_achievement(front, {200.0, 5.0, std::nullopt})) ==
        "Aspiration levels (cost at most 200 CNY, shortage at most 5 m3): not all reached; the farthest behind, "
        "cost, misses by 42.1 % of its range, the best achievement of 5 solutions.");
  CHECK(reason(kTwo, best_achievement(ScaledFront(points({{7, 1}, {7, 0}})), {1.0, std::nullopt})) ==
        "Aspiration levels (cost at most 1 CNY): no objective with a level tells the solutions apart; by the sum of "
        "all, the best achievement of 2 solutions.");
}

TEST_CASE("why regret and balance chose", "[decide]") {
  const std::vector<Columns> years = {points({{10, 5}, {20, 3}, {30, 1}}), points({{10, 8}, {12, 2}, {30, 0}})};
  const std::vector<std::string> names = {"wet", "dry"};
  CHECK(reason(kTwo, minimax_regret(years), names) ==
        "Minimax regret over 2 scenarios: it is at most 50 % of an objective's range from the best of a scenario "
        "(cost in wet), the least of 3 solutions.");
  CHECK(reason(kTwo, most_balanced(ScaledFront(years[1]))) ==
        "Balanced: no objective is farther than 25 % of its range from its best (shortage is), the least of 3 "
        "solutions.");
  CHECK(reason(kTwo, most_balanced(ScaledFront(points({{1, 1}})))) ==
        "Balanced: no objective is farther than 0 % of its range from its best, the only solution.");
}

TEST_CASE("a reason for other objectives is refused", "[decide]") {
  const ScaledFront front(five_schemes());
  CHECK_THROWS_AS(reason(kTwo, topsis(front, equal_weights(front)), "equal"), std::invalid_argument);
  CHECK_THROWS_AS(reason(kTwo, nearest_pseudo_weights(front, equal_weights(front)), "equal"), std::invalid_argument);
  CHECK_THROWS_AS(reason(kTwo, best_achievement(front, {1.0, 1.0, 1.0})), std::invalid_argument);
  const std::vector<Columns> years = {points({{10, 5}, {20, 3}})};
  CHECK_THROWS_AS(reason(kTwo, minimax_regret(years), std::vector<std::string>{}), std::invalid_argument);
}
