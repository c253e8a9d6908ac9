#pragma once

#include <string>
#include <vector>

#include "problems/park/load_case.hpp"
#include "problems/park/park_problem.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/urban/urban.hpp"

namespace millrace::testing {

struct SampleProblem {
  std::string name;
  AnyProblem problem;
  /// About a hundred, with a lattice of directions for it (two objectives: any number has one).
  std::size_t population;
  /// The same, large enough for every step of a generation to be shared between threads.
  std::size_t large_population;
};

inline AnyProblem pingliang(bool repair) {
  return make_urban_problem(load_urban_case("pingliang"), {.scenario = "2025", .repair = repair});
}

/// Many objectives, constraints, transformations, a repair, a case with units, bits, a single objective: what can differ
/// between machines.
inline std::vector<SampleProblem> sample_problems() {
  return {{"dtlz2-5", make_suite_problem("dtlz2", 5), 70, 2380},
          {"c1-dtlz1", make_suite_problem("c1-dtlz1"), 91, 2080},
          {"wfg4", make_suite_problem("wfg4"), 91, 2080},
          {"pingliang", pingliang(true), 71, 2380},
          {"pingliang-unrepaired", pingliang(false), 70, 2380},
          {"zdt1", make_suite_problem("zdt1"), 61, 2101},
          {"zdt5", make_suite_problem("zdt5"), 61, 2101},
          {"kg06_ex1", AnyProblem(ParkProblem(load_park_case("kg06_ex1"), {})), 60, 2100}};
}

}  // namespace millrace::testing
