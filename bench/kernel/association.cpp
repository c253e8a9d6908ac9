// Association with reference directions: lattice and search of all, against the comparison one by one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/random/philox.hpp"
#include "engine/select/association.hpp"
#include "tests/reference/association.hpp"

namespace {

using namespace millrace;

/// Points of a sphere: half of them close to a direction each, as survivors are, half anywhere, as children are.
Columns draw_points(const ReferenceDirections& directions, std::size_t n) {
  const std::size_t m = directions.objectives();
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    RowDraws draws({2, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      const double near = directions.units()(i % directions.count(), k) + 0.002 * draws.next_double();
      f(i, k) = i < n / 2 ? near : std::sqrt(-std::log(1.0 - draws.next_double()));
      squares += f(i, k) * f(i, k);
    }
    for (std::size_t k = 0; k < m; ++k) f(i, k) /= std::sqrt(squares);
  }
  return f;
}

struct Scene {
  /// Arguments: points, objectives, divisions, whether association may know that it is a lattice, threads.
  explicit Scene(const benchmark::State& state)
      : directions(das_dennis(static_cast<std::size_t>(state.range(1)), static_cast<std::size_t>(state.range(2)))),
        f(draw_points(directions, static_cast<std::size_t>(state.range(0)))), members(f.rows()),
        ideal(f.columns(), 0.0), range(f.columns(), 1.0) {
    std::iota(members.begin(), members.end(), Slot{0});
    if (state.range(3) == 0) directions = ReferenceDirections(Columns(directions.weights()));
  }
  reference::Nearest compare_all() const {
    const auto target = simd_target();
    return reference::associate(f, members, ideal, range, directions, target == "AVX2" || target.starts_with("AVX3"));
  }

  ReferenceDirections directions;
  Columns f;
  std::vector<Slot> members;
  std::vector<double> ideal;
  std::vector<double> range;
};

void associate(benchmark::State& state) {
  const Scene scene(state);
  Workers workers(static_cast<std::size_t>(state.range(4)));
  Association association;
  const auto compute = [&] {
    association.compute(scene.f, scene.members, scene.ideal, scene.range, scene.directions, workers);
  };
  compute();
  if (scene.members.size() * scene.directions.count() <= 20'000'000 &&
      !std::ranges::equal(association.nearest(), scene.compare_all().direction))
    state.SkipWithError("wrong direction");
  for (auto _ : state) {
    compute();
    benchmark::DoNotOptimize(association.nearest().data());
  }
  state.counters["directions"] = static_cast<double>(scene.directions.count());
}

void compare_with_all(benchmark::State& state) {
  const Scene scene(state);
  for (auto _ : state) benchmark::DoNotOptimize(scene.compare_all());
}

BENCHMARK(associate)
    ->ArgNames({"n", "m", "h", "lattice", "threads"})
    ->Args({200, 5, 5, 1, 1})
    ->Args({2000, 5, 10, 1, 1})
    ->Args({2000, 5, 10, 0, 1})
    ->Args({20000, 5, 20, 1, 1})
    ->Args({20000, 5, 20, 0, 1})
    ->Args({2000, 3, 43, 1, 1})
    ->Args({2000, 3, 43, 0, 1})
    ->Args({2000, 8, 5, 0, 1})
    ->Args({20000, 5, 20, 0, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(compare_with_all)
    ->ArgNames({"n", "m", "h", "lattice"})
    ->Args({200, 5, 5, 1})
    ->Args({2000, 5, 10, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
