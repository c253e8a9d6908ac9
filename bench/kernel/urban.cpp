// Urban allocation: individuals a second of evaluate and repair, beside the formulas one individual at a time. Before
// evaluate is timed, its values are compared with the formulas.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "problems/urban/urban.hpp"
#include "tests/reference/urban.hpp"

namespace millrace {
namespace {

UrbanCase case_of_size(std::int64_t users) {
  if (users == 0) return load_urban_case("pingliang");
  const auto n = static_cast<std::size_t>(users);
  return generate_city({.sources = n * 2 / 5, .users = n, .periods = 1, .seed = 1});
}

Tile random_tile(const AllocationNetwork& network) {
  DecisionRows rows(kLanes, network.links());
  std::vector<Slot> slots;
  for (Slot lane = 0; lane < kLanes; ++lane) {
    RowDraws draws({1, 0, Stage::sample}, lane);
    for (std::size_t l = 0; l < network.links(); ++l) rows.row(lane)[l] = network.link_upper[l] * draws.next_double();
    slots.push_back(lane);
  }
  Tile tile(network.links());
  tile.gather(rows, slots);
  return tile;
}

std::vector<double> lane_of(const Tile& tile, std::size_t lane) {
  std::vector<double> x(tile.variables());
  for (std::size_t l = 0; l < x.size(); ++l) x[l] = tile.column(l)[lane];
  return x;
}

bool agrees(const UrbanCase& urban, const UrbanProblem& problem, const Tile& tile, const Outcome& outcome) {
  const reference::UrbanModel model(urban, 0);
  const auto x = lane_of(tile, 17);
  bool same = true;
  for (std::size_t k = 0; k < urban.objectives.size(); ++k) {
    const double expected = model.objective(x, urban.objectives[k]);
    same &=
        std::abs(problem.spec().objectives[k].shown(outcome.objective(k)[17]) - expected) <= 1e-12 * std::abs(expected);
  }
  return same;
}

void report(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kLanes));
  state.SetLabel(simd_target());
}

void evaluate(benchmark::State& state) {
  const UrbanCase urban = case_of_size(state.range(0));
  const UrbanProblem problem(urban, {});
  const Tile tile = random_tile(problem.network());
  Outcome outcome(problem.spec().objectives.size(), problem.spec().constraints.size());
  Scratch scratch;
  problem.evaluate(tile, outcome, scratch);
  if (!agrees(urban, problem, tile, outcome)) return state.SkipWithError("the kernel differs from the formulas");
  for (auto _ : state) {
    problem.evaluate(tile, outcome, scratch);
    benchmark::DoNotOptimize(outcome.objective(0));
    benchmark::ClobberMemory();
  }
  report(state);
}
BENCHMARK(evaluate)->Arg(0)->Arg(50)->Arg(500);

void formulas(benchmark::State& state) {
  const UrbanCase urban = case_of_size(state.range(0));
  const UrbanProblem problem(urban, {});
  const Tile tile = random_tile(problem.network());
  const reference::UrbanModel model(urban, 0);
  const auto x = lane_of(tile, 0);
  for (auto _ : state) {
    double total = 0.0;
    for (const UrbanObjective objective : urban.objectives) total += model.objective(x, objective);
    for (const double g : model.constraints(x)) total += g;
    benchmark::DoNotOptimize(total);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(formulas)->Arg(0);

/// Individuals that need a repair throughout (random), and the same ones once repaired, as most offspring nearly are.
void repair(benchmark::State& state) {
  const UrbanProblem problem(case_of_size(state.range(0)), {});
  Tile start = random_tile(problem.network());
  Scratch scratch;
  if (state.range(1) != 0) problem.repair(start, scratch);
  Tile tile = start;
  for (auto _ : state) {
    std::copy(start.column(0), start.column(0) + start.variables() * kLanes, tile.column(0));
    problem.repair(tile, scratch);
    benchmark::DoNotOptimize(tile.column(0));
    benchmark::ClobberMemory();
  }
  report(state);
}
BENCHMARK(repair)->ArgNames({"users", "repaired"})->ArgsProduct({{0, 50, 500}, {0, 1}});

}  // namespace
}  // namespace millrace
