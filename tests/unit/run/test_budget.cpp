#include <catch2/catch.hpp>

#include <limits>

#include "engine/run/budget.hpp"

using namespace millrace;

TEST_CASE("a budget without a limit, or with one out of its range, says so in a sentence") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THAT(Budget{}.error(), Catch::Contains("needs a limit"));
  CHECK_THAT(Budget{.generations = 0}.error(), Catch::Contains("generations"));
  CHECK_THAT(Budget{.evaluations = 0}.error(), Catch::Contains("evaluations"));
  for (const double seconds : {0.0, -1.0, nan, infinity})
    CHECK_THAT(Budget{.seconds = seconds}.error(), Catch::Contains("seconds"));
  for (const double target : {0.0, -0.1, 1.1, nan})
    CHECK_THAT(Budget{.target_hypervolume = target}.error(), Catch::Contains("target"));
  CHECK_THAT(Budget{.stagnation = 0}.error(), Catch::Contains("stagnation"));
  for (const double tolerance : {-1e-9, nan})
    CHECK_THAT((Budget{.generations = 1, .stagnation_tolerance = tolerance}.error()), Catch::Contains("tolerance"));
  for (const double share : {-0.1, 1.1, nan})
    CHECK_THAT((Budget{.generations = 1, .failed_share = share}.error()), Catch::Contains("failed"));
}

TEST_CASE("each limit alone is a budget, and only two of them need the hypervolume") {
  for (const Budget& budget : {Budget{.generations = 1}, Budget{.evaluations = 1}, Budget{.seconds = 1e-9}}) {
    CHECK(budget.error().empty());
    CHECK_FALSE(budget.needs_hypervolume());
  }
  for (const Budget& budget :
       {Budget{.target_hypervolume = 1.0}, Budget{.stagnation = 1, .stagnation_tolerance = 0.0}}) {
    CHECK(budget.error().empty());
    CHECK(budget.needs_hypervolume());
  }
  CHECK(Budget{.generations = 1, .failed_share = 0.0}.error().empty());
  CHECK(Budget{.generations = 1, .failed_share = 1.0}.error().empty());
}

TEST_CASE("stop reasons have the names that a summary carries") {
  CHECK(name_of(StopReason::generations) == "generations");
  CHECK(name_of(StopReason::evaluations) == "evaluations");
  CHECK(name_of(StopReason::seconds) == "seconds");
  CHECK(name_of(StopReason::target) == "target");
  CHECK(name_of(StopReason::stagnation) == "stagnation");
  CHECK(name_of(StopReason::epsilon_stagnation) == "epsilon-stagnation");
  CHECK(name_of(StopReason::interrupted) == "interrupted");
  CHECK(name_of(StopReason::failures) == "failures");
}
