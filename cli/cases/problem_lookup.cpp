#include "cli/cases/problem_lookup.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "cli/cases/case_family.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "engine/problem/nearest_name.hpp"
#include "problems/suite/catalogue.hpp"

namespace millrace::cli {
namespace {

/// The user's sizes in the user's words: the library's sentences are kept.
Study suite_study(const ProblemRequest& request) {
  const std::string& problem = request.problem;
  try {
    const SuiteEntry& entry = suite_entry(problem);
    AnyProblem made = make_suite_problem(problem, request.objectives, request.variables);
    Study study;
    study.address = problem;
    const Shape shape = made.spec().shape();
    study.name = entry.scalable_objectives ? fmt::format("{}-m{}", entry.name, shape.objectives) : entry.name;
    study.recommended.objectives = shape.objectives;
    // An infeasible band lies before its front, and no algorithm crosses it by feasibility first (docs/fidelity.md).
    if (entry.name == "c1-dtlz3") study.recommended.excursion = 0.2;
    study.title = fmt::format("{} ({} objectives, {} variables)", entry.name, shape.objectives, shape.variables);
    study.members.push_back({"", std::move(made), std::nullopt});
    return study;
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

bool is_builtin(const CaseFamily& family, const std::string& problem) {
  for (const ProblemListing& listing : family.cases())
    if (listing.name == problem) return true;
  return false;
}

Study case_study(const ProblemRequest& request, const CaseFamily& family) {
  if (request.objectives || request.variables)
    throw UsageError("--objectives and --variables: belong to benchmarks; a case file names its own");
  Study study = family.make(request);
  study.family = &family;
  study.address =
      is_builtin(family, request.problem) ? request.problem : std::filesystem::absolute(request.problem).string();
  return study;
}

}  // namespace

ProblemRequest problem_request(const RunRequest& typed) {
  return {typed.problem,    typed.scenarios,    typed.objectives,       typed.variables,
          !typed.no_repair, typed.case_options, typed.method == "exact"};
}

ProblemRequest problem_request(const RunSettings& settings) {
  return {settings.problem,
          settings.scenarios,
          settings.objectives,
          settings.variables,
          settings.repair,
          settings.case_options,
          settings.directions.has_value()};
}

std::vector<ProblemListing> list_problems() {
  std::vector<ProblemListing> list;
  for (const CaseFamily& family : case_families())
    for (ProblemListing& listing : family.cases()) list.push_back(std::move(listing));
  for (const SuiteEntry& entry : suite_entries())
    list.push_back({std::string(entry.name), "benchmark", std::string(entry.description)});
  return list;
}

Study find_study(const ProblemRequest& request) {
  const std::string& problem = request.problem;
  const CaseFamily* family = family_of(problem);
  check_case_options(request, family);
  if (family != nullptr) return case_study(request, *family);
  if (!request.scenarios.empty())
    throw UsageError(fmt::format("--scenario: '{}' is a benchmark and has none", problem));
  if (!request.repair) throw UsageError(fmt::format("--no-repair: '{}' is a benchmark and has no repair", problem));
  try {
    suite_entry(problem);
  } catch (const std::invalid_argument&) {
    std::vector<std::string> names;
    for (const auto& listing : list_problems()) names.push_back(listing.name);
    throw UsageError(fmt::format(
        "problem '{}' is not known and there is no such file{}", problem,
        nearest_name(problem, names).empty() ? "; millrace list problems shows all" : suggestion(problem, names)));
  }
  return suite_study(request);
}

}  // namespace millrace::cli
