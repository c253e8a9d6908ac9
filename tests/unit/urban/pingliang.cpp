#include <catch2/catch.hpp>

#include <numeric>

#include "problems/urban/urban.hpp"
#include "tests/unit/urban/lanes.hpp"
#include "tests/unit/urban/pingliang_payoff.hpp"

namespace millrace {

TEST_CASE("no feasible allocation of Pingliang beats the ideal point") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    const UrbanProblem problem(urban, {.scenario = urban.scenarios[t]});
    Scratch scratch;
    Outcome outcome(5, 14);
    for (std::uint32_t number = 0; number < 100; ++number) {
      Tile tile = random_tile(problem.network(), number, 0.01 * number);
      problem.repair(tile, scratch);
      problem.evaluate(tile, outcome, scratch);
      for (std::size_t k = 0; k < 5; ++k) {
        const double ideal =
            urban.objectives[k] == UrbanObjective::benefit ? -kPingliangIdeal[t][k] : kPingliangIdeal[t][k];
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          REQUIRE(outcome.objective(k)[lane] >= ideal - 1e-6 * std::abs(ideal));
      }
    }
  }
}

TEST_CASE("the published shortage without unconventional water follows from the tables") {
  const UrbanCase urban = load_urban_case("pingliang");
  const Series* published = urban.published_series("conventional_shortage_percent");
  REQUIRE(published != nullptr);
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    double demand = 0.0;
    for (const UrbanUser& user : urban.users) demand += user.demand[t];
    const double conventional = urban.sources[0].available[t] + urban.sources[1].available[t];
    CHECK(100.0 * (demand - conventional) / demand == Approx((*published)[t]).margin(0.005));
  }
}

TEST_CASE("the available recycled water is what the treatment plant makes of the sewage") {
  const UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t) {
    double sewage = 0.0;
    for (const UrbanUser& user : urban.users) sewage += user.discharge[t] * user.demand[t];
    CHECK(0.8 * sewage == Approx(urban.sources[2].available[t]).margin(0.1));
  }
}

TEST_CASE("the published numbers of Pingliang agree with each other as far as they do") {
  const UrbanCase urban = load_urban_case("pingliang");
  const auto series = [&](const char* name) {
    REQUIRE(urban.published_series(name) != nullptr);
    return *urban.published_series(name);
  };
  const auto constant = [&](const char* name) {
    REQUIRE(urban.published_constant(name) != nullptr);
    return *urban.published_constant(name);
  };
  const Series carbon = series("carbon_t");
  for (const std::string basis : {"per_capita", "per_area"}) {
    const Series reduction = series(("reduction_" + basis + "_t").c_str());
    const Series traditional = series(("traditional_" + basis + "_t").c_str());
    const Series percent = series(("reduction_" + basis + "_percent").c_str());
    for (std::size_t t = 0; t < 4; ++t) {
      CHECK(carbon[t] + reduction[t] == Approx(traditional[t]));
      CHECK(100.0 * reduction[t] / traditional[t] == Approx(percent[t]).margin(0.1));
    }
  }
  const Series capita = series("reduction_per_capita_t");
  CHECK(std::accumulate(capita.begin(), capita.end(), 0.0) == 135200.0 + 600.0);
  CHECK(constant("cumulative_reduction_per_capita_t") == 153000.0);
  CHECK(constant("carbon_value_per_capita_low_yuan") / 153000.0 ==
        Approx(constant("carbon_price_low_yuan_per_t")).margin(0.005));
  CHECK(constant("carbon_value_per_capita_high_yuan") / 153000.0 ==
        Approx(constant("carbon_price_high_yuan_per_t")).margin(0.005));
  CHECK(urban.published_series("nothing") == nullptr);
  CHECK(urban.published_constant("nothing") == nullptr);
}

}  // namespace millrace
