#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/decide/decision.hpp"
#include "cli/decide/decision_text.hpp"
#include "cli/decide/scenario_decision.hpp"
#include "cli/verbs.hpp"

namespace millrace::cli {

void add_decide_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("decide", "Choose one scheme of a front, with reasons");
  auto request = std::make_shared<DecisionRequest>();
  auto as_json = std::make_shared<bool>(false);
  verb->add_option(
          "front", request->fronts,
          "Folder of a run (of several scenarios: a choice for each and one over all), or a CSV file; for regret "
          "a file for each scenario, the same schemes in each")
      ->required();
  verb->add_option("--method", request->method,
                   "topsis (default), knee, pseudo-weights, aspiration, regret or balanced");
  verb->add_option("--weights", request->weights,
                   "equal (default), entropy, critic, or a number for each objective, e.g. 3,1,2");
  verb->add_option("--aspiration", request->aspiration, "What is wanted, e.g. carbon=40000,benefit=300000");
  verb->add_flag("--json", *as_json, "One JSON object");
  verb->callback([request, as_json] {
    if (holds_scenarios(*request)) {
      const ScenarioDecisions decisions = decide_scenarios(*request);
      if (*as_json) fmt::print("{}\n", to_json(decisions).dump());
      else print(decisions);
      return;
    }
    const Decision decision = decide(*request);
    if (*as_json) fmt::print("{}\n", to_json(decision).dump());
    else print(decision);
  });
}

}  // namespace millrace::cli
