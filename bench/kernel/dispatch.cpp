// Dispatch: 24-hour simulations a second, open loop and closed loop, in one future and in 100, beside one number after
// the other (tests/reference). Values are compared before anything is timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/random/philox.hpp"
#include "problems/dispatch/dispatch_problem.hpp"
#include "problems/dispatch/load_case.hpp"
#include "tests/reference/dispatch.hpp"

namespace millrace {
namespace {

struct Plant {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  const DispatchScenario& scenario = dispatch.scenarios[0];
  DispatchModel model = make_dispatch_model(dispatch, scenario);

  Futures futures(std::size_t count) const {
    return count == 1 ? certain_future(dispatch, scenario) : disturbed_futures(dispatch, scenario, 0, count);
  }
};

DispatchController controller_of(std::int64_t index) {
  return index == 0 ? DispatchController::schedule : index == 1 ? DispatchController::rbf : DispatchController::network;
}

Bounds bounds_of(DispatchController kind) {
  const auto policy = policy_kind(kind);
  return policy ? policy_bounds(*policy) : Bounds(kControls * kHoursOfDay);
}

std::vector<double> random_row(const Bounds& bounds, std::uint32_t row) {
  RowDraws draws({1, 0, Stage::sample}, row);
  std::vector<double> x;
  for (std::size_t j = 0; j < bounds.variables(); ++j)
    x.push_back(bounds.lower(j) + draws.next_double() * (bounds.upper(j) - bounds.lower(j)));
  return x;
}

AlignedVector<double> random_lanes(const Bounds& bounds) {
  AlignedVector<double> x(bounds.variables() * kLanes);
  for (std::uint32_t lane = 0; lane < kLanes; ++lane) {
    const auto row = random_row(bounds, lane);
    for (std::size_t j = 0; j < row.size(); ++j) x[j * kLanes + lane] = row[j];
  }
  return x;
}

reference::Controller slow_controller(const Plant& plant, DispatchController kind, const std::vector<double>& x) {
  if (kind == DispatchController::rbf) return reference::rbf_controller(plant.dispatch.observation, x);
  if (kind == DispatchController::network) return reference::network_controller(plant.dispatch.observation, x);
  return reference::schedule_controller(x);
}

DispatchHours hours_of(const Futures& futures, std::size_t s) {
  return {{futures.carbon(s).begin(), futures.carbon(s).end()},
          {futures.renewable(s).begin(), futures.renewable(s).end()}};
}

bool agrees(const Plant& plant, const Futures& futures, DispatchController kind, const DispatchWork& work) {
  bool same = true;
  for (const std::size_t lane : {0, 17, 63})
    for (std::size_t s = 0; s < futures.count(); s += 33) {
      const auto x = random_row(bounds_of(kind), static_cast<std::uint32_t>(lane));
      const double expected = reference::Plant(plant.dispatch, plant.scenario)
                                  .simulate(hours_of(futures, s), slow_controller(plant, kind, x))
                                  .total;
      same &= std::abs(totals_of(plant.model, work, s, lane).total - expected) <= 1e-9 * expected;
    }
  return same;
}

/// Simulations of the kernel alone, on one thread.
void simulate(benchmark::State& state) {
  const Plant plant;
  const DispatchController kind = controller_of(state.range(0));
  const Futures futures = plant.futures(static_cast<std::size_t>(state.range(1)));
  const auto x = random_lanes(bounds_of(kind));
  DispatchWork work;
  simulate_controllers(plant.model, futures, kind, x.data(), work);
  if (!agrees(plant, futures, kind, work)) return state.SkipWithError("the kernel differs from the equations");
  for (auto _ : state) {
    simulate_controllers(plant.model, futures, kind, x.data(), work);
    benchmark::DoNotOptimize(work.sums.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kLanes) * state.range(1));
  state.SetLabel(simd_target());
}
BENCHMARK(simulate)->ArgNames({"controller", "futures"})->ArgsProduct({{0, 1, 2}, {1, 100}});

/// The same simulations, one number after the other: a plain loop, its controller inlined.
void one_by_one(benchmark::State& state) {
  const Plant plant;
  const DispatchController kind = controller_of(state.range(0));
  const DispatchHours hours = hours_of(plant.futures(1), 0);
  const auto x = random_row(bounds_of(kind), 0);
  const reference::Plant slow(plant.dispatch, plant.scenario);
  const reference::Controller policy = slow_controller(plant, kind, x);
  for (auto _ : state) {
    const auto schedule = [&x, at = std::size_t{0}](const reference::Sight&) mutable {
      at += kControls;
      return std::array<double, kControls>{x[at - 3], x[at - 2], x[at - 1]};
    };
    const auto day = kind == DispatchController::schedule
                         ? slow.simulate(hours, schedule)
                         : slow.simulate(hours, [&](const auto& s) { return policy(s); });
    benchmark::DoNotOptimize(day.total);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_by_one)->ArgName("controller")->DenseRange(0, 2);

/// Through the evaluator, objectives and constraints included, as a run does: items are simulations.
void evaluate(benchmark::State& state) {
  const Plant plant;
  const DispatchController kind =
      state.range(0) == 0 ? DispatchController::schedule
                          : (state.range(0) == 3 ? DispatchController::robust_schedule : controller_of(state.range(0)));
  Workers workers(static_cast<std::size_t>(state.range(1)));
  Evaluator evaluator(make_dispatch_problem(plant.dispatch, {.controller = kind, .repair = false}), workers);
  const ProblemSpec& spec = evaluator.problem().spec();
  Population pool(4096, spec.shape());
  std::vector<Slot> slots(pool.size());
  std::iota(slots.begin(), slots.end(), Slot{0});
  for (const Slot i : slots) {
    const auto row = random_row(spec.bounds, i);
    std::copy(row.begin(), row.end(), pool.x.row_data(i));
  }
  for (auto _ : state) evaluator.evaluate(pool, slots);
  const auto futures = kind == DispatchController::schedule ? 1 : plant.dispatch.noise.training_seeds;
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pool.size() * futures));
  state.SetLabel(simd_target());
}
BENCHMARK(evaluate)->ArgNames({"controller", "threads"})->ArgsProduct({{0, 1, 2, 3}, {1, 2}})->UseRealTime();

}  // namespace
}  // namespace millrace
