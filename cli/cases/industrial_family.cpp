#include "cli/cases/industrial_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
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
    CaseOption{"--encoding", "NAME",
               "What a decision holds: merits (default: weights by which users are supplied, and totals), full (the "
               "whole plan; "
               "default under a limit of energy and with --no-repair), first-stage (targets, supplies, diverted water) "
               "or places "
               "(of supplies in their bands)"},
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

/// What a decision holds where nobody says: the encoding that evolves best, where it applies. It has its own repair
/// and no say in shortages, and an exact front is one of whole plans.
PlanEncoding encoding_of(const ProblemRequest& request, bool limited) {
  const std::string typed = option(request.options, "--encoding", "");
  if (typed.empty()) return request.exact || limited || !request.repair ? PlanEncoding::full : PlanEncoding::merits;
  const PlanEncoding encoding = plan_encoding(typed);
  if (request.exact && encoding != PlanEncoding::full)
    throw UsageError("--encoding: --method exact solves for whole plans; leave the option out");
  return encoding;
}

IndustrialOptions options_of(const ProblemRequest& request, bool limited) {
  const CaseOptions& typed = request.options;
  IndustrialOptions options;
  options.objectives = objective_set(option(typed, "--objective-set", "planner"));
  options.encoding = encoding_of(request, limited);
  options.lambda = number(typed, "--lambda", "0.5");
  options.stress = number(typed, "--stress", "0");
  options.connection_charge = number(typed, "--connection-charge", "0");
  options.repair = request.repair;
  return options;
}

/// Cases of more users keep the general settings: 200,000 evaluations of them would take half an hour.
constexpr std::size_t kMostUsers = 400;

/// Settings that the measurements of docs/industrial.md chose, for the encoding with few variables.
RecommendedSettings recommended_of(const IndustrialOptions& options, std::size_t users) {
  const std::size_t objectives = options.objectives.size();
  RecommendedSettings recommended{.objectives = objectives};
  if (options.encoding != PlanEncoding::merits || objectives < 2 || users > kMostUsers) return recommended;
  recommended.population = objectives <= 3 ? 600 : 300;
  recommended.generations = objectives <= 3 ? 333 : 200;
  if (objectives <= 5) recommended.algorithm = "sms-emoa";
  return recommended;
}

/// The member of one scenario; where its decisions encode plans, with what stands behind them.
StudyMember member_of(const IndustrialCase& industrial, const std::string& name, const IndustrialOptions& options) {
  StudyMember member{name, make_industrial_problem(industrial, options), std::nullopt};
  if (options.encoding == PlanEncoding::full) return member;
  IndustrialOptions whole = options;
  whole.encoding = PlanEncoding::full;
  const auto encoded = std::make_shared<const IndustrialProblem>(industrial, options);
  member.whole = std::make_shared<const WholeProblem>(
      WholeProblem{make_industrial_problem(industrial, whole),
                   [encoded](const DecisionRows& rows) { return encoded->plans_of(rows); },
                   [encoded](const DecisionRows& rows) { return encoded->decisions_of(rows); }});
  return member;
}

Study study_of(const IndustrialCase& industrial, const ProblemRequest& request) {
  const auto chosen = energy_and_risk(industrial, request.scenarios, {unlimited_scenario(industrial)});
  const bool limited = std::ranges::any_of(chosen, [&](const EnergyAndRisk& scenario) {
    return !industrial.energy_scenarios[scenario.energy].limit.empty();
  });
  IndustrialOptions options = options_of(request, limited);
  Study study;
  study.name = options.encoding == PlanEncoding::full
                   ? industrial.name
                   : fmt::format("{}-{}", industrial.name, name_of(options.encoding));
  study.title = industrial.title;
  study.assumptions = industrial.assumptions;
  study.recommended = recommended_of(options, industrial.sectors.size());
  for (const EnergyAndRisk& scenario : chosen) {
    options.energy_scenario = industrial.energy_scenarios[scenario.energy].name;
    options.risk_level = industrial.risk_levels[scenario.risk].name;
    study.members.push_back(member_of(industrial, name_of(industrial, scenario), options));
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
