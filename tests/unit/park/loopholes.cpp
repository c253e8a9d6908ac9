#include <numeric>

#include "engine/data/simd_target.hpp"
#include "engine/problem/evaluator.hpp"
#include "problems/park/polish.hpp"
#include "problems/park/resimulation.hpp"
#include "tests/unit/park/park_samples.hpp"

namespace millrace {
namespace {

std::size_t constraint_of(const ParkSystem& system, ParkConstraint::Kind kind, std::size_t index) {
  for (std::size_t c = 0; c < system.constraints.size(); ++c)
    if (system.constraints[c].kind == kind && system.constraints[c].index == index) return c;
  FAIL("no such constraint");
  return 0;
}

std::size_t gene_of(const ParkSystem& system, const std::string& name) {
  const auto found = std::find(system.gene_names.begin(), system.gene_names.end(), name);
  REQUIRE(found != system.gene_names.end());
  return static_cast<std::size_t>(found - system.gene_names.begin());
}

const std::vector<double> kNoLimits(4, std::numeric_limits<double>::infinity());

}  // namespace

TEST_CASE("a trickle of dirty water breaks the limit of an outfall") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  std::vector<double> decision(system.genes(), 0.0);
  // All of T1 (COD 300, NH3-N 4.5 mg/l) to T3 but a sliver to coke quenching, which takes 150 mg/l: the sliver of
  // S2 that reaches E2 is small, and far above what E2 takes.
  decision[gene_of(system, "S2_to_T3")] = 1.0;
  decision[gene_of(system, "S2_to_E2")] = kDeadZone + 1e-4;
  for (const char* name : {"P1_to_E1", "P2_to_E1", "P3_to_E1", "P4_to_E1", "P5_to_D1", "P6_to_E1", "S3_to_T3",
                           "T1_to_T3", "T3_to_E1", "T2_to_E1", "T4r_to_D1", "T5r_to_D1"})
    decision[gene_of(system, name)] = 1.0;
  const ParkEvaluation found = evaluate_decision(system, decision);
  const auto e2 = *system.park.node("E2");
  const reference::ParkBalance balance(system.park, named_flows(system, found.design));
  const double flow = balance.into("E2");
  REQUIRE(flow > 0.0);
  REQUIRE(flow < 1.0);
  const double value = found.constraints[constraint_of(system, ParkConstraint::Kind::quality, e2)];
  // By hand: TDS, COD above the limits of 2000 and 300; divided by limit * max(flow, 1) only after the comparison.
  const double tds = (balance.load_into("E2", 0) - 2000.0 * flow) / 2000.0;
  const double cod = (balance.load_into("E2", 2) - 300.0 * flow) / 300.0;
  CHECK(tds > 0.0);
  CHECK(value == Approx(std::max(0.0, tds) + std::max(0.0, cod)).epsilon(1e-6));
  CHECK(value > 1e-6);
}

TEST_CASE("loads have come to rest where flows have, and ten times the sweeps change nothing") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  const ParkSystem longer = make_park_system(load_park_case("park_steel"), {.sweeps = 1000});
  std::size_t rested = 0;
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    std::vector<double> decision = random_decision(system, seed);
    if (seed <= 4) polish_decision(system, decision, seed - 1, kNoLimits);
    const ParkEvaluation found = evaluate_decision(system, decision);
    if (found.constraints.back() > 0.0) continue;
    ++rested;
    const ParkEvaluation again = evaluate_decision(longer, decision);
    for (std::size_t m = 0; m < 4; ++m)
      CHECK(found.objectives[m] == Approx(again.objectives[m]).epsilon(1e-7).margin(1e-6));
    // The same loads from one linear system.
    const ParkStates states = states_of(system, found.design);
    const reference::ParkBalance balance(system.park, named_flows(system, found.design));
    const auto p3 = *system.park.node("P3");
    for (std::size_t k = 0; k < 5; ++k)
      CHECK(states.inlets[p3 * 6 + 1 + k] == Approx(balance.load_into("P3", k)).epsilon(1e-6));
    for (std::size_t m = 0; m < 4; ++m)
      CHECK(found.objectives[m] == Approx(balance.objective(system.park.objectives[m])).epsilon(1e-6).margin(1e-4));
  }
  CHECK(rested >= 8);
}

TEST_CASE("designs are balanced again with ten times the sweeps, and those that were not at rest are told apart") {
  const ParkCase park = load_park_case("park_steel");
  Workers workers(1);
  const auto evaluated = [&](const ParkOptions& options) {
    const AnyProblem problem{ParkProblem(park, options)};
    Population designs(40, problem.spec().shape());
    std::vector<Slot> all(designs.size());
    std::iota(all.begin(), all.end(), Slot{0});
    for (const Slot i : all) {
      const std::vector<double> decision = random_decision(make_park_system(park, {}), i);
      std::ranges::copy(decision, designs.x.row(i).begin());
    }
    Evaluator(problem, workers).evaluate(designs, all);
    return designs;
  };
  const Resimulation sound = resimulate(park, {}, false, evaluated({}), workers);
  CHECK(sound.designs == 40);
  CHECK(sound.moved == 0);
  CHECK(sound.worst > 0.0);
  CHECK(sound.worst < 1e-8);
  // A balance that is called at rest too early, and one that is cut off.
  for (const ParkOptions& options : {ParkOptions{.rest = 1e-3}, ParkOptions{.sweeps = 4}}) {
    const Resimulation loose = resimulate(park, {}, false, evaluated(options), workers);
    CHECK(loose.moved > 0);
    CHECK(loose.worst > kKept);
  }
  Population wrong = evaluated({});
  wrong.f(17, 2) *= 1.0 + 1e-5;
  const Resimulation found = resimulate(park, {}, false, wrong, workers);
  CHECK(found.moved == 1);
  CHECK(found.worst_design == 17);
}

TEST_CASE("what a consumer cannot take leaves by a discharge of its own port") {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  std::size_t spilled = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const ParkEvaluation found = evaluate_decision(system, random_decision(system, seed));
    const auto flows = named_flows(system, found.design);
    for (const auto& [ends, flow] : flows) {
      const auto port = system.park.port(ends.first);
      if (!port) continue;
      const bool exists = std::any_of(system.park.arcs.begin(), system.park.arcs.end(), [&](const ParkArc& arc) {
        return arc.port == *port && system.park.nodes[arc.node].id == ends.second;
      });
      CHECK(exists);
    }
    // Demands get exactly what they want, and no port loses water on the way.
    const reference::ParkBalance balance(system.park, flows);
    CHECK(balance.into("D1") == Approx(140.0));
    CHECK(balance.out_of("S1") == Approx(110.0));
    CHECK(balance.out_of("T4r") == Approx(0.28 * balance.into("T4")).margin(1e-6));
    spilled += balance.into("E2") > 0.0;
  }
  CHECK(spilled > 0);
}

TEST_CASE("a lane does not depend on its neighbours, nor on the width of a register") {
  for (const char* name : {"park_steel", "kg06_ex5", "wastewater15m1"}) {
    const ParkProblem problem(load_park_case(name), {});
    const ParkSystem& system = problem.system();
    DecisionRows rows(64, system.genes());
    for (std::size_t i = 0; i < 64; ++i) std::ranges::copy(random_decision(system, i / 2), rows.row(i).begin());
    std::ranges::fill(rows.row(10), 0.0);
    std::ranges::fill(rows.row(11), 1.0);
    std::vector<Slot> slots(64);
    std::iota(slots.begin(), slots.end(), 0u);
    Tile tile(system.genes());
    tile.gather(rows, slots);
    Outcome together(system.objectives.size(), system.constraints.size());
    Outcome wide(system.objectives.size(), system.constraints.size());
    Scratch scratch;
    use_simd_target("AVX2");
    problem.evaluate(tile, wide, scratch);
    use_simd_target("");
    problem.evaluate(tile, together, scratch);
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const ParkEvaluation alone = evaluate_decision(system, rows.row(lane));
      for (std::size_t m = 0; m < system.objectives.size(); ++m) {
        CHECK(together.objective(m)[lane] == alone.objectives[m]);
        CHECK(together.objective(m)[lane] == wide.objective(m)[lane]);
        CHECK(std::isfinite(alone.objectives[m]));
      }
      for (std::size_t c = 0; c < system.constraints.size(); ++c) {
        CHECK(together.constraint(c)[lane] == alone.constraints[c]);
        CHECK(together.constraint(c)[lane] == wide.constraint(c)[lane]);
      }
    }
  }
}

}  // namespace millrace
