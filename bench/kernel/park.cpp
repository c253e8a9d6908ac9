// Parks: designs balanced and accounted for a second, by case, with figures and with unit models, and linear programs of
// a refinement. Costs are compared with a balance by flows and concentrations (tests/reference) before anything is timed.
#include <benchmark/benchmark.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/random/philox.hpp"
#include "problems/park/load_case.hpp"
#include "problems/park/park_problem.hpp"
#include "problems/park/polish.hpp"
#include "tests/reference/park.hpp"

namespace millrace {
namespace {

constexpr std::size_t kDesigns = 1024;

struct Named {
  const char* name;
  bool hybrid;
};
constexpr Named kCases[] = {
    {"park_steel", false}, {"park_steel", true}, {"kg06_ex5", false}, {"waterund08", false}, {"wastewater15m1", false}};

std::vector<double> random_row(const ParkSystem& system, std::uint32_t row) {
  RowDraws draws({1, 0, Stage::sample}, row);
  std::vector<double> x(system.genes());
  for (double& gene : x) gene = draws.next_double();
  return x;
}

/// Whether a polished design has the cost that its flows and concentrations alone have.
bool agrees(const ParkSystem& system) {
  std::vector<double> x = random_row(system, 0);
  polish_decision(system, x, 0, std::vector<double>(system.objectives.size(), std::numeric_limits<double>::infinity()));
  const ParkEvaluation found = evaluate_decision(system, x);
  reference::ParkBalance::Flows flows;
  const ParkNetwork& network = system.network;
  for (std::size_t a = 0; a < network.arcs.size(); ++a)
    flows[{system.park.ports[network.arcs[a].port].id, system.park.nodes[network.arcs[a].node].id}] =
        found.design.arcs[a];
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
    flows[{system.park.freshwater[network.fresh_arcs[a].freshwater].id,
           system.park.nodes[network.fresh_arcs[a].node].id}] = found.design.fresh_arcs[a];
  const double slow = reference::ParkBalance(system.park, flows).objective(system.park.objectives[0]);
  return std::abs(slow - found.objectives[0]) <= 1e-6 * std::abs(slow);
}

void evaluate(benchmark::State& state) {
  const Named& named = kCases[state.range(0)];
  const ParkProblem park(load_park_case(named.name), {.hybrid = named.hybrid});
  if (!named.hybrid && !agrees(park.system())) return state.SkipWithError("the costs differ");
  const AnyProblem problem(park);
  Workers workers(static_cast<std::size_t>(state.range(1)));
  Evaluator evaluator(problem, workers);
  Population pool(kDesigns, problem.spec().shape());
  for (std::uint32_t i = 0; i < kDesigns; ++i) std::ranges::copy(random_row(park.system(), i), pool.x.row(i).begin());
  std::vector<Slot> slots(kDesigns);
  std::iota(slots.begin(), slots.end(), 0u);
  for (auto _ : state) evaluator.evaluate(pool, slots);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kDesigns));
  state.SetLabel(std::string(named.name) + (named.hybrid ? " hybrid" : ""));
}

void refine(benchmark::State& state) {
  const ParkSystem system = make_park_system(load_park_case("park_steel"), {});
  const std::vector<double> limits(4, std::numeric_limits<double>::infinity());
  std::size_t programs = 0;
  std::uint32_t row = 0;
  for (auto _ : state) {
    std::vector<double> x = random_row(system, row++);
    programs += polish_decision(system, x, 0, limits).programs;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(programs));
  state.SetLabel("linear programs of park_steel");
}

BENCHMARK(evaluate)->ArgsProduct({{0, 1, 2, 3, 4}, {1, 2}})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(refine)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace millrace
