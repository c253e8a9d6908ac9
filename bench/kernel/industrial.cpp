// Industrial allocation: plans a second of evaluate and repair from 720 to 103,680 variables, beside the model written
// down one plan at a time, and the bytes that one plan moves. Before evaluate is timed, its values are compared.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "problems/industrial/generate_variant.hpp"
#include "problems/industrial/industrial_problem.hpp"
#include "problems/industrial/load_case.hpp"
#include "tests/reference/industrial.hpp"

namespace millrace {
namespace {

/// Henan itself for 0 parts, else eighteen regions of so many parts a sector.
IndustrialCase case_of_size(std::int64_t parts) {
  const IndustrialCase henan = load_industrial_case("henan");
  if (parts == 0) return henan;
  return generate_variant(henan, {.regions = 18, .parts = static_cast<std::size_t>(parts)});
}

IndustrialProblem problem_of(std::int64_t parts, PlanEncoding encoding) {
  return {case_of_size(parts), {.objectives = objective_set("all"), .encoding = encoding, .stress = 0.12}};
}

Tile random_tile(const Bounds& bounds) {
  DecisionRows rows(kLanes, bounds.variables());
  std::vector<Slot> slots;
  for (Slot lane = 0; lane < kLanes; ++lane) {
    RowDraws draws({1, 0, Stage::sample}, lane);
    for (std::size_t j = 0; j < bounds.variables(); ++j)
      rows.row(lane)[j] = bounds.lower(j) + draws.next_double() * (bounds.upper(j) - bounds.lower(j));
    slots.push_back(lane);
  }
  Tile tile(bounds.variables());
  tile.gather(rows, slots);
  return tile;
}

bool agrees(const IndustrialProblem& problem, const Tile& tile, const Outcome& outcome) {
  std::vector<double> plan;
  for (std::size_t j = 0; j < tile.variables(); ++j) plan.push_back(tile.column(j)[17]);
  const auto slow = reference::evaluate_plan(problem.instance(), plan);
  for (std::size_t k = 0; k < kLinearObjectives; ++k)
    if (std::abs(outcome.objective(k)[17] - slow.objectives[k]) > 1e-10 * std::abs(slow.objectives[k])) return false;
  return true;
}

void report(benchmark::State& state, std::size_t variables) {
  const auto plans = state.iterations() * static_cast<std::int64_t>(kLanes);
  state.SetItemsProcessed(plans);
  // Every variable is read once.
  state.SetBytesProcessed(plans * static_cast<std::int64_t>(variables * sizeof(double)));
  state.counters["variables"] = static_cast<double>(variables);
  state.SetLabel(simd_target());
}

void evaluate(benchmark::State& state) {
  const IndustrialProblem problem = problem_of(state.range(0), PlanEncoding::full);
  const Tile tile = random_tile(problem.spec().bounds);
  Outcome outcome(problem.spec().objectives.size(), problem.spec().constraints.size());
  Scratch scratch;
  problem.evaluate(tile, outcome, scratch);
  if (!agrees(problem, tile, outcome)) return state.SkipWithError("the kernel differs from the model");
  for (auto _ : state) {
    problem.evaluate(tile, outcome, scratch);
    benchmark::DoNotOptimize(outcome.objective(0));
    benchmark::ClobberMemory();
  }
  report(state, tile.variables());
}
BENCHMARK(evaluate)->ArgName("parts")->Arg(0)->Arg(1)->Arg(4)->Arg(8);

void model(benchmark::State& state) {
  const IndustrialProblem problem = problem_of(state.range(0), PlanEncoding::full);
  const Tile tile = random_tile(problem.spec().bounds);
  std::vector<double> plan;
  for (std::size_t j = 0; j < tile.variables(); ++j) plan.push_back(tile.column(j)[0]);
  for (auto _ : state) benchmark::DoNotOptimize(reference::evaluate_plan(problem.instance(), plan));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(model)->ArgName("parts")->Arg(0)->Arg(1);

/// Random plans, repaired and evaluated, in each encoding.
void repair_and_evaluate(benchmark::State& state) {
  const IndustrialProblem problem = problem_of(state.range(0), static_cast<PlanEncoding>(state.range(1)));
  const Tile start = random_tile(problem.spec().bounds);
  Tile tile = start;
  Outcome outcome(problem.spec().objectives.size(), problem.spec().constraints.size());
  Scratch scratch;
  for (auto _ : state) {
    std::copy(start.column(0), start.column(0) + start.variables() * kLanes, tile.column(0));
    problem.repair(tile, scratch);
    problem.evaluate(tile, outcome, scratch);
    benchmark::DoNotOptimize(outcome.objective(0));
    benchmark::ClobberMemory();
  }
  report(state, tile.variables());
}
BENCHMARK(repair_and_evaluate)->ArgNames({"parts", "encoding"})->ArgsProduct({{0, 4}, {0, 1, 2, 3}});

}  // namespace
}  // namespace millrace
