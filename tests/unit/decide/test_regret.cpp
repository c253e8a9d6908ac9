#include "engine/decide/regret.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reference/choice.hpp"
#include "tests/unit/decide/fronts.hpp"

using namespace millrace;

TEST_CASE("regret worked by hand", "[decide]") {
  // Shares of the ranges, a wet and a dry year: (0, 1) (0.5, 0.5) (1, 0) and (0, 1) (0.1, 0.25) (1, 0).
  const std::vector<Columns> years = {points({{10, 5}, {20, 3}, {30, 1}}), points({{10, 8}, {12, 2}, {30, 0}})};
  const RegretChoice choice = minimax_regret(years);
  CHECK(choice.chosen == 1);
  CHECK(choice.largest == std::vector<double>{1, 0.5, 1});
  CHECK(choice.regret(1, 0) == 0.5);
  CHECK(choice.regret(1, 1) == 0.25);
  CHECK(choice.scenario == 0);
  CHECK(choice.objective == 0);
}

TEST_CASE("regret equals its definition, in any unit and order of schemes", "[decide]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<Columns> scenarios, elsewhere, mixed;
    for (std::size_t s = 0; s < 1 + seed % 4; ++s) {
      scenarios.push_back(scattered(20, 3, 100 * seed + s));
      if (s == 1)
        for (double& value : scenarios.back().column(1)) value = 2.0;
      elsewhere.push_back(s % 2 == 0 ? in_other_units(scenarios.back()) : scenarios.back());
      mixed.push_back(permuted(scenarios.back()));
    }
    const RegretChoice choice = minimax_regret(scenarios);
    const RegretChoice other = minimax_regret(elsewhere);
    const RegretChoice moved_rows = minimax_regret(mixed);
    for (std::size_t i = 0; i < 20; ++i) {
      double largest = 0.0;
      for (std::size_t s = 0; s < scenarios.size(); ++s) {
        double regret = 0.0;
        for (std::size_t k = 0; k < 3; ++k) regret = std::max(regret, reference::share(scenarios[s], i, k));
        CHECK(choice.regret(i, s) == Approx(regret).margin(1e-15));
        largest = std::max(largest, regret);
      }
      CHECK(choice.largest[i] == Approx(largest).margin(1e-15));
      CHECK(choice.largest[choice.chosen] <= choice.largest[i]);
      CHECK(other.largest[i] == Approx(choice.largest[i]).margin(1e-12));
      CHECK(moved_rows.largest[moved(i, 20)] == choice.largest[i]);
    }
    const double there = reference::share(scenarios[choice.scenario], choice.chosen, choice.objective);
    CHECK(there == Approx(choice.largest[choice.chosen]).margin(1e-15));
  }
}

TEST_CASE("equal largest regrets go to the smaller sum, then by index", "[decide]") {
  const std::vector<Columns> scenarios = {points({{0, 4}, {2, 2}, {2, 1}, {2, 1}, {4, 0}})};
  CHECK(minimax_regret(scenarios).chosen == 2);
  const std::vector<Columns> equal = {points({{1, 2}, {1, 2}}), points({{3, 4}, {3, 4}})};
  CHECK(minimax_regret(equal).chosen == 0);
  CHECK(minimax_regret(equal).largest == std::vector<double>{0, 0});
  const std::vector<Columns> single = {points({{1, 2}})};
  CHECK(minimax_regret(single).largest == std::vector<double>{0});
}

TEST_CASE("scenarios that do not belong together are refused", "[decide]") {
  const auto refuse = [](const std::vector<Columns>& scenarios) {
    CHECK_THROWS_AS(minimax_regret(scenarios), std::invalid_argument);
  };
  refuse({});
  refuse({Columns(0, 2)});
  refuse({points({{1, 2}}), points({{1, 2}, {3, 4}})});
  refuse({points({{1, 2}}), points({{1}})});
  refuse({points({{1, 2}}), points({{1, std::nan("")}})});
}
