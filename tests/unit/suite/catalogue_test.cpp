#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>
#include <string>

#include "problems/suite/catalogue.hpp"
#include "problems/suite/constrained_dtlz.hpp"
#include "problems/suite/wfg.hpp"
#include "problems/suite/zdt.hpp"

using namespace millrace;
using Catch::Matchers::Contains;

TEST_CASE("every entry makes the problem it describes", "[suite]") {
  std::set<std::string> names, digests;
  for (const SuiteEntry& entry : suite_entries()) {
    INFO(entry.name);
    const AnyProblem problem = make_suite_problem(entry.name);
    const ProblemSpec& spec = problem.spec();
    CHECK(spec.name == entry.name);
    CHECK(spec.objectives.size() == entry.default_objectives);
    CHECK(spec.bounds.variables() == entry.default_variables);
    CHECK(spec.constraints.empty() == !entry.constrained);
    CHECK(spec.objectives.front().name == "f1");
    CHECK(spec.objectives.back().name == std::string("f").append(std::to_string(entry.default_objectives)));
    CHECK_FALSE(entry.description.empty());
    CHECK(names.insert(spec.name).second);
    CHECK(digests.insert(spec.data_digest).second);
    if (entry.scalable_objectives) CHECK(make_suite_problem(entry.name, 7).spec().objectives.size() == 7);
    if (entry.scalable_variables) CHECK(make_suite_problem(entry.name, {}, 40).spec().bounds.variables() == 40);
  }
  CHECK(names.size() == 48);
}

TEST_CASE("names are read in any case, with or without dashes", "[suite]") {
  for (const char* name : {"c1-dtlz1", "C1-DTLZ1", "C1DTLZ1", "c1_dtlz1"})
    CHECK(make_suite_problem(name).spec().name == "c1-dtlz1");
  CHECK(suite_entry("ConvexC2DTLZ2").name == "convex-c2-dtlz2");
}

TEST_CASE("default sizes follow the papers", "[suite]") {
  CHECK(make_suite_problem("dtlz1", 5).spec().bounds.variables() == 9);
  CHECK(make_suite_problem("dtlz2", 5).spec().bounds.variables() == 14);
  CHECK(make_suite_problem("dtlz7", 5).spec().bounds.variables() == 24);
  CHECK(make_suite_problem("wfg4", 2).spec().bounds.variables() == 24);
  CHECK(make_suite_problem("wfg4", 5).spec().bounds.variables() == 28);
  CHECK(make_suite_problem("wfg4", 5).spec().bounds.upper(27) == 56.0);
  const std::size_t maf_variables[] = {14, 14, 14, 14, 14, 14, 24, 2, 2, 14, 14, 14, 5, 100, 100};
  for (std::size_t number = 1; number <= 15; ++number)
    CHECK(make_suite_problem("maf" + std::to_string(number), 5).spec().bounds.variables() == maf_variables[number - 1]);
  CHECK(make_suite_problem("maf9").spec().bounds.lower(1) == -10000.0);
  CHECK(make_suite_problem("maf13").spec().bounds.lower(2) == -2.0);
  CHECK(make_suite_problem("maf14").spec().bounds.upper(2) == 10.0);
  CHECK(make_suite_problem("zdt4").spec().bounds.lower(1) == -5.0);
  CHECK(make_suite_problem("c3-dtlz4", 8).spec().constraints.size() == 8);
  CHECK(make_suite_problem("water").spec().constraints[2].scale == 50000.0);
}

TEST_CASE("radii of the constrained problems are those of the paper", "[suite]") {
  const std::size_t objectives[] = {3, 5, 8, 10, 15};
  const double ring[] = {9.0, 12.5, 12.5, 15.0, 15.0};
  const double balls[] = {0.4, 0.5, 0.5, 0.5, 0.5};
  const double cylinder[] = {0.225, 0.225, 0.26, 0.26, 0.27};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(dtlz_radius(DtlzConstraint::c1_dtlz3, objectives[i]) == ring[i]);
    CHECK(dtlz_radius(DtlzConstraint::c2_dtlz2, objectives[i]) == balls[i]);
    CHECK(dtlz_radius(DtlzConstraint::convex_c2_dtlz2, objectives[i]) == cylinder[i]);
  }
}

TEST_CASE("impossible problems are refused with a sentence", "[suite]") {
  CHECK_THROWS_WITH(make_suite_problem("dtlz8"),
                    Contains("unknown benchmark problem 'dtlz8'") && Contains("dtlz1, dtlz2"));
  CHECK_THROWS_WITH(make_suite_problem(""), Contains("unknown benchmark problem ''"));
  CHECK_THROWS_WITH(make_suite_problem("zdt7"), Contains("unknown benchmark problem"));
  CHECK_THROWS_WITH(make_suite_problem("zdt5", {}, 81), "zdt5 needs 30 bits and a positive multiple of 5, not 81");
  CHECK_THROWS_WITH(make_suite_problem("dtlz2", 1), "dtlz2 needs at least 2 objectives, not 1");
  CHECK_THROWS_WITH(make_suite_problem("wfg1", 0), "wfg1 needs at least 2 objectives, not 0");
  CHECK_THROWS_WITH(make_suite_problem("dtlz2", 5, 4), "dtlz2 with 5 objectives needs at least 5 variables, not 4");
  CHECK_THROWS_WITH(make_suite_problem("wfg4", 5, 8), "wfg4 with 5 objectives needs more than 8 variables, not 8");
  CHECK_THROWS_WITH(make_suite_problem("wfg2", 3, 7), "wfg2 needs an even number of distance variables, not 3");
  CHECK_THROWS_WITH(make_suite_problem("maf8", 2), "maf8 needs at least 3 objectives, not 2");
  CHECK_THROWS_WITH(make_suite_problem("maf9", 5, 3), "maf9 has 2 variables, not 3");
  CHECK_THROWS_WITH(make_suite_problem("maf13", 5, 4), "maf13 needs at least 5 variables, not 4");
  CHECK_THROWS_WITH(make_suite_problem("maf11", 5, 4), "maf11 with 5 objectives needs at least 5 variables, not 4");
  CHECK_THROWS_WITH(make_suite_problem("zdt1", 3), "zdt1 has 2 objectives, not 3");
  CHECK_THROWS_WITH(make_suite_problem("zdt1", {}, 1), "zdt1 needs at least 2 variables");
  CHECK_THROWS_WITH(make_suite_problem("water", {}, 4), "water has 3 variables, not 4");
  CHECK_THROWS_WITH(make_suite_problem("dtlz2", 100000), "dtlz2 may have at most 1000 objectives, not 100000");
  CHECK_THROWS_AS(make_suite_problem("dtlz2", 3, std::size_t(-1)), std::invalid_argument);
  CHECK_THROWS_AS(Wfg("wfg4", 4, 4, 4, 10), std::invalid_argument);
  CHECK_THROWS_AS(Wfg("wfg4", 4, 2, 0, 10), std::invalid_argument);
  CHECK_THROWS_AS(Zdt("zdt7", 7, 11), std::invalid_argument);
}
