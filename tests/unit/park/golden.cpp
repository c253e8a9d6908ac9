#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/park/park_samples.hpp"

namespace millrace {
namespace {

ParkEvaluation encoded(const ParkSystem& system, const std::vector<ParkFlow>& flows) {
  std::vector<double> decision(system.genes(), 0.5);
  encode(system, design_of(system, flows), decision);
  for (const double gene : decision) REQUIRE((gene >= 0.0 && gene <= 1.0));
  return evaluate_decision(system, decision);
}

nlohmann::json steel_reference() {
  std::ifstream file(MILLRACE_SOURCE_DIR "/tests/unit/park/data/park_steel_reference.json");
  return nlohmann::json::parse(file);
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
  const nlohmann::json reference = steel_reference();
  REQUIRE(system.park.objectives.size() == 4);
  for (const auto& [name, solution] : reference.at("reference_solutions").items()) {
    INFO(name);
    std::vector<ParkFlow> flows;
    for (const auto& [arc, flow] : solution.at("arcs").items()) {
      const std::size_t cut = arc.find("->");
      flows.push_back({arc.substr(0, cut), arc.substr(cut + 2), flow.get<double>()});
    }
    const ParkEvaluation found = encoded(system, flows);
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
