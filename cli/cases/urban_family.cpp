#include "cli/cases/urban_family.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/load_case.hpp"
#include "problems/urban/urban_problem.hpp"

namespace millrace::cli {
namespace {

std::optional<double> constant(const UrbanCase& urban, const char* name) {
  const double* value = urban.published_constant(name);
  return value == nullptr ? std::nullopt : std::optional<double>(*value);
}

std::vector<std::string> chosen_scenarios(const UrbanCase& urban, const std::vector<std::string>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (std::find(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(i), wanted[i]) !=
        wanted.begin() + static_cast<std::ptrdiff_t>(i))
      throw UsageError(fmt::format("--scenario: '{}' is named twice; write it once", wanted[i]));
  for (const auto& scenario : wanted)
    if (!urban.scenario_index(scenario))
      throw UsageError(fmt::format("--scenario: case '{}' has no '{}'; it has {}", urban.name, scenario,
                                   fmt::join(urban.scenarios, ", ")));
  return wanted.empty() ? urban.scenarios : wanted;
}

Study study_of(const UrbanCase& urban, const std::vector<std::string>& scenarios, bool repair) {
  Study study;
  study.name = urban.name;
  study.title = urban.title;
  study.assumptions = urban.assumptions;
  study.recommended = {.objectives = urban.objectives.size(),
                       .population = constant(urban, "population"),
                       .generations = constant(urban, "generations"),
                       .crossover_probability = constant(urban, "crossover_rate"),
                       .mutation_probability = constant(urban, "mutation_rate")};
  const Series* carbon = urban.published_series("carbon_t");
  for (const auto& scenario : chosen_scenarios(urban, scenarios)) {
    StudyMember member{scenario, make_urban_problem(urban, {.scenario = scenario, .repair = repair}), std::nullopt};
    if (carbon != nullptr) member.published_carbon_t = (*carbon)[*urban.scenario_index(scenario)];
    study.members.push_back(std::move(member));
  }
  return study;
}

std::vector<ProblemListing> cases() {
  std::vector<ProblemListing> list;
  for (const auto name : case_names(urban_cases())) {
    const std::string text(name);
    list.push_back({text, "urban case", load_urban_case(text).title});
  }
  return list;
}

Study make(const ProblemRequest& request) {
  try {
    return study_of(load_urban_case(request.problem), request.scenarios, request.repair);
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

CaseFamily urban_family() {
  return {.name = "urban", .cases = cases, .options = {}, .methods = {}, .make = make, .finish = nullptr};
}

}  // namespace millrace::cli
