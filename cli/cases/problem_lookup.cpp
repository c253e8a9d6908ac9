#include "cli/cases/problem_lookup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "engine/problem/nearest_name.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/load_case.hpp"
#include "problems/urban/urban_problem.hpp"

namespace millrace::cli {
namespace {

bool looks_like_path(const std::string& problem) {
  return problem.find('/') != std::string::npos || problem.ends_with(".toml") || std::filesystem::exists(problem);
}

bool is_builtin_case(const std::string& problem) {
  const auto names = case_names(urban_cases());
  return std::find(names.begin(), names.end(), problem) != names.end();
}

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

Study urban_study(const UrbanCase& urban, const std::vector<std::string>& scenarios, bool repair) {
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

/// The user's sizes in the user's words: the library's sentences are kept.
Study suite_study(const std::string& problem, std::optional<std::size_t> objectives,
                  std::optional<std::size_t> variables) {
  try {
    const SuiteEntry& entry = suite_entry(problem);
    AnyProblem made = make_suite_problem(problem, objectives, variables);
    Study study;
    study.address = problem;
    const Shape shape = made.spec().shape();
    study.name = entry.scalable_objectives ? fmt::format("{}-m{}", entry.name, shape.objectives) : entry.name;
    study.recommended.objectives = shape.objectives;
    study.title = fmt::format("{} ({} objectives, {} variables)", entry.name, shape.objectives, shape.variables);
    study.members.push_back({"", std::move(made), std::nullopt});
    return study;
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

std::vector<ProblemListing> list_problems() {
  std::vector<ProblemListing> list;
  for (const auto name : case_names(urban_cases())) {
    const std::string text(name);
    list.push_back({text, "urban case", load_urban_case(text).title});
  }
  for (const SuiteEntry& entry : suite_entries())
    list.push_back({std::string(entry.name), "benchmark", std::string(entry.description)});
  return list;
}

Study find_study(const std::string& problem, const std::vector<std::string>& scenarios,
                 std::optional<std::size_t> objectives, std::optional<std::size_t> variables, bool repair) {
  std::vector<std::string> names;
  for (const auto& listing : list_problems()) names.push_back(listing.name);
  const bool builtin = is_builtin_case(problem);
  if (builtin || looks_like_path(problem)) {
    if (objectives || variables)
      throw UsageError("--objectives and --variables: belong to benchmarks; a case file names its own");
    try {
      Study study = urban_study(load_urban_case(problem), scenarios, repair);
      study.address = builtin ? problem : std::filesystem::absolute(problem).string();
      return study;
    } catch (const CaseError& error) {
      throw UsageError(error.what());
    }
  }
  if (!scenarios.empty()) throw UsageError(fmt::format("--scenario: '{}' is a benchmark and has none", problem));
  if (!repair) throw UsageError(fmt::format("--no-repair: '{}' is a benchmark and has no repair", problem));
  try {
    suite_entry(problem);
  } catch (const std::invalid_argument&) {
    throw UsageError(fmt::format(
        "problem '{}' is not known and there is no such file{}", problem,
        nearest_name(problem, names).empty() ? "; millrace list problems shows all" : suggestion(problem, names)));
  }
  return suite_study(problem, objectives, variables);
}

}  // namespace millrace::cli
