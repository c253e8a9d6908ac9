#include "cli/cases/industrial_family.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "cli/industrial/energy_and_risk.hpp"
#include "cli/industrial/interval_method.hpp"
#include "problems/case/case_error.hpp"
#include "problems/industrial/builtin_cases.hpp"
#include "problems/industrial/industrial_problem.hpp"
#include "problems/industrial/load_case.hpp"

namespace millrace::cli {
namespace {

constexpr std::array kOptions = {
    CaseOption{"--objective-set", "SET",
               "planner (default: benefit, energy, risk, groundwater, carbon), supply, environment, all, equity, or a "
               "list of objectives or their numbers, such as 1,2,4"},
    CaseOption{
        "--encoding", "NAME",
        "What a decision holds: full (default: the whole plan), first-stage (targets, supplies, diverted water) or "
        "places (of supplies in their bands)"},
    CaseOption{"--lambda", "NUMBER", "Position of every number between its bounds, 0 to 1 (default 0.5)"},
    CaseOption{"--stress", "SHARE", "Share of the water that is missing, 0 to 0.5 (default 0)"},
    CaseOption{"--connection-charge", "MONEY",
               "Paid for each user that gets diverted water in any period, 1e6 RMB (default 0)"},
};

constexpr std::array kMethods = {
    CaseMethod{"istp", "interval two-stage stochastic program, exactly", run_interval_method},
};

std::string option(const CaseOptions& options, const char* name, const char* otherwise) {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

double number(const CaseOptions& options, const char* name, const char* otherwise) {
  const std::string text = option(options, name, otherwise);
  double value = 0.0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end)
    throw UsageError(fmt::format("{}: '{}' is no number; write for example {} 0.12", name, text, name));
  return value;
}

IndustrialOptions options_of(const ProblemRequest& request) {
  const CaseOptions& typed = request.options;
  IndustrialOptions options;
  options.objectives = objective_set(option(typed, "--objective-set", "planner"));
  options.encoding = plan_encoding(option(typed, "--encoding", "full"));
  options.lambda = number(typed, "--lambda", "0.5");
  options.stress = number(typed, "--stress", "0");
  options.connection_charge = number(typed, "--connection-charge", "0");
  options.repair = request.repair;
  return options;
}

Study study_of(const IndustrialCase& industrial, const ProblemRequest& request) {
  IndustrialOptions options = options_of(request);
  Study study;
  study.name = options.encoding == PlanEncoding::full
                   ? industrial.name
                   : fmt::format("{}-{}", industrial.name, name_of(options.encoding));
  study.title = industrial.title;
  study.assumptions = industrial.assumptions;
  study.recommended = {.objectives = options.objectives.size()};
  const auto chosen = energy_and_risk(industrial, request.scenarios, {unlimited_scenario(industrial)});
  for (const EnergyAndRisk& scenario : chosen) {
    options.energy_scenario = industrial.energy_scenarios[scenario.energy].name;
    options.risk_level = industrial.risk_levels[scenario.risk].name;
    study.members.push_back(
        {name_of(industrial, scenario), make_industrial_problem(industrial, options), std::nullopt});
  }
  return study;
}

std::vector<ProblemListing> cases() {
  std::vector<ProblemListing> list;
  for (const auto name : case_names(industrial_cases())) {
    const std::string text(name);
    list.push_back({text, "industrial case", load_industrial_case(text).title});
  }
  return list;
}

Study make(const ProblemRequest& request) {
  try {
    return study_of(load_industrial_case(request.problem), request);
  } catch (const CaseError& error) {
    throw UsageError(error.what());
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

CaseFamily industrial_family() {
  return {
      .name = "industrial", .cases = cases, .options = kOptions, .methods = kMethods, .make = make, .finish = nullptr};
}

}  // namespace millrace::cli
