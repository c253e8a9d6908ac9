#include "cli/compare/comparison_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cli/compare/water_box.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/reference_set.hpp"

namespace millrace::cli {
namespace {

constexpr std::size_t kReferencePoints = 5000;

constexpr ComparedSuite kSuites[] = {
    {"planner", "the urban case in its four years, the water problem and constrained DTLZ with three objectives"},
    {"dtlz", "DTLZ1 to 7 with three and five objectives"},
    {"wfg", "WFG1 to 9 with three and five objectives"},
    {"maf", "MaF1 to 15 with five objectives"},
    {"benchmarks", "dtlz, wfg and maf"},
    {"all", "all of these"},
};

/// Populations of Deb and Jain (2014), between them the next lattice.
std::size_t population_for(std::size_t objectives) {
  if (objectives <= 2) return 100;
  constexpr std::array kPopulations = {92, 120, 212, 252, 84, 156, 240, 276};
  return static_cast<std::size_t>(kPopulations[std::min<std::size_t>(objectives - 3, kPopulations.size() - 1)]);
}

ComparedMeasure measure_of(const StudyMember& member, const std::string& name) {
  const ProblemSpec& spec = member.problem.spec();
  ComparedMeasure measure;
  if (name == "water") {
    measure.box = box_of_water();
    measure.variable_at_lower_bound = 2;
  } else if (!spec.reference_ideal.empty()) {
    measure.box = ReferenceBox::of(spec, {});
  } else if (const auto known = suite_entries();
             std::any_of(known.begin(), known.end(), [&](const SuiteEntry& entry) { return entry.name == name; }) &&
             has_reference_set(name)) {
    measure.reference_set = reference_set(name, spec.objectives.size(), kReferencePoints);
  } else {
    throw UsageError(fmt::format(
        "{}: neither its true front nor a reference box is known, so fronts cannot be compared; write [reference] "
        "with ideal and nadir into the case",
        name));
  }
  return measure;
}

void append(std::vector<ComparedProblem>& problems, const std::string& name, std::size_t objectives) {
  for (ComparedProblem& problem : compared_problems(name, objectives)) problems.push_back(std::move(problem));
}

}  // namespace

std::span<const ComparedSuite> compared_suites() { return kSuites; }

std::vector<ComparedProblem> compared_problems(const std::string& name, std::optional<std::size_t> objectives) {
  Study study = find_study({.problem = name, .objectives = objectives});
  std::vector<ComparedProblem> problems;
  for (StudyMember& member : study.members) {
    const std::size_t m = member.problem.spec().objectives.size();
    ComparedProblem problem{.label = member.scenario.empty() ? fmt::format("{} M={}", name, m)
                                                             : fmt::format("{} {}", study.name, member.scenario),
                            .name = name,
                            .scenarios = {},
                            .objectives = objectives,
                            .population = population_for(m),
                            .recommended = study.recommended,
                            .measure = measure_of(member, name),
                            .member = std::move(member)};
    if (!problem.member.scenario.empty()) problem.scenarios.push_back(problem.member.scenario);
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::vector<ComparedProblem> problems_of_suite(const std::string& suite) {
  std::vector<std::string> names;
  for (const ComparedSuite& known : kSuites) names.emplace_back(known.name);
  if (std::find(names.begin(), names.end(), suite) == names.end())
    throw UsageError(fmt::format("--suite: '{}' is not known{}", suite, suggestion(suite, names)));
  const auto wanted = [&](std::string_view part) {
    return suite == part || suite == "all" || (suite == "benchmarks" && part != "planner");
  };
  std::vector<ComparedProblem> problems;
  if (wanted("planner")) {
    for (const char* name : {"pingliang", "water"})
      for (ComparedProblem& problem : compared_problems(name, {})) problems.push_back(std::move(problem));
    for (const char* name : {"c1-dtlz1", "c1-dtlz3", "c2-dtlz2", "c3-dtlz1", "c3-dtlz4"}) append(problems, name, 3);
  }
  for (const std::size_t objectives : {3u, 5u})
    for (int i = 1; wanted("dtlz") && i <= 7; ++i) append(problems, fmt::format("dtlz{}", i), objectives);
  for (const std::size_t objectives : {3u, 5u})
    for (int i = 1; wanted("wfg") && i <= 9; ++i) append(problems, fmt::format("wfg{}", i), objectives);
  for (int i = 1; wanted("maf") && i <= 15; ++i) append(problems, fmt::format("maf{}", i), 5);
  return problems;
}

}  // namespace millrace::cli
