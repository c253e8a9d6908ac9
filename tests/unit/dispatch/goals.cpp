#include <catch2/catch.hpp>

#include <limits>

#include "problems/dispatch/goals.hpp"

namespace millrace {

TEST_CASE("goals have names that read back") {
  const auto names = dispatch_goal_names();
  CHECK(names.size() == 22);
  for (const auto& name : names) {
    const auto goal = dispatch_goal(name);
    REQUIRE(goal.has_value());
    CHECK(goal->name() == name);
  }
  CHECK_FALSE(dispatch_goal("total_best").has_value());
  CHECK_FALSE(dispatch_goal("").has_value());
  CHECK(dispatch_goal("total_cvar")->feels_violation());
  CHECK_FALSE(dispatch_goal("carbon_worst")->feels_violation());
}

TEST_CASE("measures of a few values") {
  const auto measure = [](RiskMeasure m, std::vector<double> values, double tail) {
    return measure_of(m, values, tail);
  };
  const std::vector<double> ten = {3, 1, 10, 2, 9, 4, 8, 5, 7, 6};
  CHECK(measure(RiskMeasure::mean, ten, 0.1) == 5.5);
  CHECK(measure(RiskMeasure::worst, ten, 0.1) == 10.0);
  CHECK(measure(RiskMeasure::cvar, ten, 0.1) == 10.0);
  CHECK(measure(RiskMeasure::cvar, ten, 0.2) == 9.5);
  CHECK(measure(RiskMeasure::cvar, ten, 0.21) == 9.0);
  CHECK(measure(RiskMeasure::cvar, ten, 1.0) == 5.5);
  for (const RiskMeasure m : {RiskMeasure::mean, RiskMeasure::cvar, RiskMeasure::worst})
    CHECK(measure(m, {4.0}, 0.1) == 4.0);
  std::vector<double> values = ten;
  CHECK(quantile_of(values, 0.95) == 10.0);
  CHECK(quantile_of(values, 0.9) == 9.0);
  CHECK(quantile_of(values, 0.0) == 1.0);
}

TEST_CASE("the index of water and carbon is bounded where no carbon is avoided") {
  DispatchTotals without, with;
  without.carbon_kg = 1000.0;
  with.carbon_kg = 1000.0;
  with.water_m3 = 2.0;
  CHECK(wcmpi(with, without) == Approx(200.0));
  with.carbon_kg = 500.0;
  CHECK(wcmpi(with, without) == Approx(4.0));
}

}  // namespace millrace
