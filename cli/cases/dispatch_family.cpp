#include "cli/cases/dispatch_family.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "cli/dispatch/picture_files.hpp"
#include "cli/suggestion.hpp"
#include "cli/table/csv_table.hpp"
#include "problems/dispatch/builtin_cases.hpp"
#include "problems/dispatch/hours_file.hpp"
#include "problems/dispatch/load_case.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kOptions = {
    CaseOption{"--controller", "NAME",
               "schedule (default: 3 variables an hour), robust_schedule (for the training seeds), rbf or network "
               "(closed-loop policies)"},
    CaseOption{"--plant-profile", "NAME",
               "physical or table2 (as the published table was computed); default: the case's"},
    CaseOption{"--hours", "FILE",
               "CSV of hour,carbon_intensity_kg_per_MWh,renewable_MWh in place of the case's hours (whole days)"},
    CaseOption{
        "--goals", "LIST",
        "What is minimised: operating_cost, carbon, water, violation, wcmpi, fines or total, each also with _cvar "
        "or _worst, and violating_share; default operating_cost,carbon,water, or total,total_worst of the others"},
};

std::string option(const CaseOptions& options, const char* name) {
  const auto found = options.find(name);
  return found == options.end() ? std::string() : found->second;
}

DispatchController controller_of(const std::string& name) {
  if (name.empty()) return DispatchController::schedule;
  if (const auto controller = dispatch_controller(name)) return *controller;
  throw UsageError(
      fmt::format("--controller: '{}' is not one of schedule, robust_schedule, rbf, network; write one of them", name));
}

std::vector<DispatchGoal> goals_of(const std::string& list) {
  std::vector<DispatchGoal> goals;
  for (std::size_t from = 0; !list.empty() && from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    const std::string name = list.substr(from, comma - from);
    const auto goal = dispatch_goal(name);
    if (!goal)
      throw UsageError(fmt::format("--goals: '{}' is no goal; write names such as total or carbon_cvar{}", name,
                                   suggestion(name, dispatch_goal_names())));
    if (std::find(goals.begin(), goals.end(), *goal) != goals.end())
      throw UsageError(fmt::format("--goals: '{}' is named twice; write it once", name));
    goals.push_back(*goal);
    from = comma + 1;
  }
  return goals;
}

std::vector<std::string> chosen_scenarios(const DispatchCase& dispatch, const std::vector<std::string>& wanted) {
  std::vector<std::string> all;
  for (const DispatchScenario& scenario : dispatch.scenarios) all.push_back(scenario.name);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (dispatch.scenario(wanted[i]) == nullptr)
      throw UsageError(
          fmt::format("--scenario: case '{}' has no '{}'; it has {}", dispatch.name, wanted[i], fmt::join(all, ", ")));
    if (std::find(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(i), wanted[i]) !=
        wanted.begin() + static_cast<std::ptrdiff_t>(i))
      throw UsageError(fmt::format("--scenario: '{}' is named twice; write it once", wanted[i]));
  }
  return wanted.empty() ? all : wanted;
}

std::vector<ProblemListing> cases() {
  std::vector<ProblemListing> list;
  for (const auto name : case_names(dispatch_cases())) {
    const std::string text(name);
    list.push_back({text, "dispatch case", load_dispatch_case(text).title});
  }
  return list;
}

Study make(const ProblemRequest& request) {
  const DispatchStudy typed = dispatch_study(request.problem, request.options);
  Study study;
  study.name = fmt::format("{}-{}", typed.dispatch.name, name_of(typed.controller));
  study.title = typed.dispatch.title;
  study.assumptions = typed.dispatch.assumptions;
  for (const std::string& scenario : chosen_scenarios(typed.dispatch, request.scenarios)) {
    DispatchOptions options{scenario, typed.controller, typed.goals, request.repair};
    study.members.push_back({scenario, make_dispatch_problem(typed.dispatch, options), std::nullopt});
  }
  study.recommended = {
      .objectives = study.members.front().problem.spec().objectives.size(), .population = 200.0, .generations = 2000.0};
  return study;
}

}  // namespace

DispatchStudy dispatch_study(const std::string& problem, const CaseOptions& options) {
  try {
    DispatchStudy study;
    study.dispatch = load_dispatch_case(problem);
    study.controller = controller_of(option(options, "--controller"));
    study.goals = goals_of(option(options, "--goals"));
    if (const std::string profile = option(options, "--plant-profile"); !profile.empty()) {
      const auto known = dispatch_profile(profile);
      if (!known)
        throw UsageError(fmt::format("--plant-profile: '{}' is no profile; write physical or table2", profile));
      study.dispatch.profile = *known;
    }
    if (const std::string hours = option(options, "--hours"); !hours.empty())
      study.dispatch.hours = parse_dispatch_hours(read_text(hours), hours);
    return study;
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  }
}

CaseFamily dispatch_family() {
  return {.name = "dispatch",
          .cases = cases,
          .options = kOptions,
          .methods = {},
          .make = make,
          .finish = write_dispatch_pictures};
}

}  // namespace millrace::cli
