#include <fstream>
#include <nlohmann/json.hpp>

#include "problems/park/seasonal_problem.hpp"
#include "tests/unit/park/park_samples.hpp"

namespace millrace {
namespace {

ParkEvaluation encoded(const ParkSystem& system, const std::vector<ParkFlow>& flows) {
  std::vector<double> decision(system.genes(), 0.5);
  encode(system, design_of(system, flows), decision);
  for (const double gene : decision) REQUIRE((gene >= 0.0 && gene <= 1.0));
  return evaluate_decision(system, decision);
}

nlohmann::json stored(const std::string& name) {
  std::ifstream file(MILLRACE_SOURCE_DIR "/tests/unit/park/data/" + name);
  return nlohmann::json::parse(file);
}

std::vector<ParkFlow> flows_in(const nlohmann::json& arcs) {
  std::vector<ParkFlow> flows;
  for (const auto& [arc, flow] : arcs.items()) {
    const std::size_t cut = arc.find("->");
    flows.push_back({arc.substr(0, cut), arc.substr(cut + 2), flow.get<double>()});
  }
  return flows;
}

}  // namespace

TEST_CASE("every reference solution encodes, evaluates to its objective and balances") {
  std::size_t checked = 0;
  for (const auto name : case_names(park_cases())) {
    const ParkSystem system = make_park_system(load_park_case(std::string(name)), {});
    if (system.park.reference_flows.empty()) continue;
    INFO(name);
    const ParkEvaluation found = encoded(system, system.park.reference_flows);
    // Two references are rounded as their papers print them.
    const double tolerance = name == "refinery3p" ? 1e-4 : 1e-6;
    CHECK(found.objectives[0] == Approx(system.park.reference->objective).epsilon(tolerance));
    CHECK(found.violation <= 1e-6);
    const reference::ParkBalance balance(system.park, named_flows(system, found.design));
    CHECK(balance.worst() < 1e-6);
    CHECK(balance.objective(system.park.objectives[0]) == Approx(found.objectives[0]).epsilon(1e-8));
    ++checked;
  }
  CHECK(checked == 10);
}

TEST_CASE("the reference solutions of the steel park encode and balance") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  const nlohmann::json reference = stored("park_steel_reference.json");
  REQUIRE(system.park.objectives.size() == 4);
  for (const auto& [name, solution] : reference.at("reference_solutions").items()) {
    INFO(name);
    const ParkEvaluation found = encoded(system, flows_in(solution.at("arcs")));
    CHECK(found.violation <= 1e-6);
    const reference::ParkBalance balance(system.park, named_flows(system, found.design));
    CHECK(balance.worst() < 1e-6);
    for (std::size_t m = 0; m < 4; ++m) {
      const ParkObjective objective = system.park.objectives[m];
      const double wanted = solution.at("objectives").at(std::string(name_of(objective)));
      CHECK(found.objectives[m] == Approx(wanted).epsilon(1e-6).margin(1e-5));
      CHECK(found.objectives[m] == Approx(balance.objective(objective)).epsilon(1e-8).margin(1e-6));
    }
  }
}

TEST_CASE("the best network known of kg06_ex5 is below the value that was recalled, and balances") {
  const ParkSystem system = make_park_system(load_park_case("kg06_ex5"), {});
  const nlohmann::json best = stored("kg06_ex5_best.json");
  const ParkEvaluation found = encoded(system, flows_in(best.at("arcs")));
  CHECK(found.objectives[0] == Approx(best.at("objective").get<double>()).epsilon(1e-6));
  CHECK(found.violation <= 1e-6);
  CHECK(found.objectives[0] < 0.9982 * system.park.reference->objective);
  // No network costs less than the bound that a search of its own proved (the case's own_certificate).
  CHECK(found.objectives[0] > 1023562.5);
  const reference::ParkBalance balance(system.park, named_flows(system, found.design));
  CHECK(balance.worst() < 1e-6);
  CHECK(balance.objective(ParkObjective::annual_cost) == Approx(found.objectives[0]).epsilon(1e-8));
}

TEST_CASE("a tower with a model loses what it evaporates, in every season, and only where hybrid units are asked for") {
  std::string text(*case_text(park_cases(), "park_steel"));
  const std::string kind = "\"kind\": \"tower\",";
  REQUIRE(text.find(kind) != std::string::npos);
  const auto with = [&](const std::string& more) {
    std::string changed = text;
    return changed.replace(changed.find(kind), kind.size(), kind + more);
  };
  const std::string model = " \"model\": \"tower\", \"circulation\": 15000, \"conditions\": {\"range_k\": 10},";
  const ParkCase park = parse_park_case(with(model), "mine.json");
  const double figure = load_park_case("park_steel").processes[0].loss;
  CHECK(make_park_system(park, {}).park.processes[0].loss == figure);
  const ParkSystem hybrid = make_park_system(park, {.hybrid = true});
  const double share = CoolingTower(nullptr).evaporated_share({.range_k = 10.0});
  CHECK(hybrid.park.processes[0].loss == 15000.0 * share);
  CHECK(hybrid.park.processes[1].loss == park.processes[1].loss);
  CHECK(hybrid.park.digest != park.digest);
  const ParkCase summer = case_in_season(park, park.seasons[0]);
  CHECK(make_park_system(summer, {.hybrid = true}).park.processes[0].loss ==
        Approx(15000.0 * share * park.seasons[0].tower_loss));
  // The balance takes it from there.
  const ParkEvaluation found = evaluate_decision(hybrid, random_decision(hybrid, 3));
  const reference::ParkBalance balance(hybrid.park, named_flows(hybrid, found.design));
  CHECK(balance.into("P1") - balance.out_of("P1") == Approx(15000.0 * share).epsilon(1e-6));
  const auto error_with = [&](const std::string& more) {
    try {
      parse_park_case(with(more), "mine.json");
    } catch (const CaseError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(error_with(" \"model\": \"tower\",").find("processes[0].circulation: is missing") != std::string::npos);
  CHECK(error_with(" \"model\": \"ro\",").find("'ro' is no model of such a unit; write cooling_tower") !=
        std::string::npos);
}

TEST_CASE("encoding is the inverse of decoding") {
  for (const char* name : {"park_steel", "kg06_ex5", "waterund08", "rg09_wtn"}) {
    const ParkSystem system = make_park_system(load_park_case(name), {});
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const ParkEvaluation first = evaluate_decision(system, random_decision(system, seed));
      // A balance that has not come to rest has no flows to speak of.
      if (first.constraints.back() > 0.0 || first.violation > 1e3) continue;
      std::vector<double> again(system.genes(), 0.5);
      encode(system, first.design, again);
      const ParkEvaluation second = evaluate_decision(system, again);
      INFO(name << " " << seed);
      for (std::size_t m = 0; m < first.objectives.size(); ++m)
        CHECK(second.objectives[m] == Approx(first.objectives[m]).epsilon(1e-6).margin(1e-4));
      ++compared;
    }
    CHECK(compared >= 5);
  }
}

}  // namespace millrace
