#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/decide/decision.hpp"

namespace millrace::cli {

/// One choice for each scenario of a run, and one scheme for all of them.
struct ScenarioDecisions {
  std::vector<std::string> scenarios;
  /// One a scenario, by the method that was asked for; empty for regret, which chooses over all.
  std::vector<Decision> each;
  /// Least largest regret over the scenarios: every scheme of every front, evaluated in each scenario.
  Decision across;
  /// Scenario whose front the scheme comes from, and its line there.
  std::string chosen_from;
  std::size_t chosen_line = 0;
  /// True where no scheme satisfies every scenario as it is: each was adapted to each scenario by the case's repair.
  bool adapted = false;
};

/// Whether a request names one folder with the fronts of several scenarios.
bool holds_scenarios(const DecisionRequest& request);

/// Throws UsageError.
ScenarioDecisions decide_scenarios(const DecisionRequest& request);

nlohmann::json to_json(const ScenarioDecisions& decisions);
void print(const ScenarioDecisions& decisions);

}  // namespace millrace::cli
