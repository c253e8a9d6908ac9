// Non-dominated sorting: the sizes of a generation and of an archive, against the definition where that is affordable.
#include <benchmark/benchmark.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "tests/reference/nondominated_sort.hpp"

namespace {

using namespace millrace;

enum Shape : std::int64_t {
  kMerged,    // half on a sphere, half behind it: parents and offspring of a converged run
  kOneFront,  // all on the sphere
  kUniform,   // anywhere in the unit cube: many fronts
};

Columns draw_points(std::size_t n, std::size_t m, std::int64_t shape) {
  Columns f(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    RowDraws draws({1, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      f(i, k) = shape == kUniform ? draws.next_double() : std::sqrt(-std::log(1.0 - draws.next_double()));
      squares += f(i, k) * f(i, k);
    }
    if (shape == kUniform) continue;
    const double behind = shape == kOneFront ? 0.0 : (i < n / 2 ? 0.001 : 0.1) * -std::log(1.0 - draws.next_double());
    for (std::size_t k = 0; k < m; ++k) f(i, k) *= (1.0 + behind) / std::sqrt(squares);
  }
  return f;
}

std::vector<Slot> all_slots(std::size_t n) {
  std::vector<Slot> slots(n);
  std::iota(slots.begin(), slots.end(), Slot{0});
  return slots;
}

bool equal(const Fronts& fronts, const std::vector<std::vector<Slot>>& expected) {
  bool same = fronts.count() == expected.size();
  for (std::size_t r = 0; same && r < expected.size(); ++r)
    same = std::equal(fronts.front(r).begin(), fronts.front(r).end(), expected[r].begin(), expected[r].end());
  return same;
}

/// Arguments: points, objectives, points to rank, shape, threads.
void sort_points(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const Columns f = draw_points(n, static_cast<std::size_t>(state.range(1)), state.range(3));
  const auto members = all_slots(n);
  const auto stop_at = static_cast<std::size_t>(state.range(2));
  Workers workers(static_cast<std::size_t>(state.range(4)));
  NondominatedSorter sorter;
  if (n <= 2000) {
    const auto expected =
        reference::nondominated_fronts(members, stop_at, [&](Slot a, Slot b) { return reference::dominates(f, a, b); });
    if (!equal(sorter.sort_objectives(f, members, stop_at, workers), expected)) state.SkipWithError("wrong fronts");
  }
  for (auto _ : state) benchmark::DoNotOptimize(sorter.sort_objectives(f, members, stop_at, workers).order.data());
  state.counters["fronts"] = static_cast<double>(sorter.sort_objectives(f, members, stop_at, workers).count());
}

void sort_by_definition(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const Columns f = draw_points(n, static_cast<std::size_t>(state.range(1)), state.range(3));
  const auto members = all_slots(n);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        reference::nondominated_fronts(members, static_cast<std::size_t>(state.range(2)),
                                       [&](Slot a, Slot b) { return reference::dominates(f, a, b); }));
}

BENCHMARK(sort_points)
    ->ArgNames({"n", "m", "stop", "shape", "threads"})
    ->Args({200, 5, 100, kMerged, 1})
    ->Args({2000, 5, 1000, kMerged, 1})
    ->Args({20000, 5, 10000, kMerged, 1})
    ->Args({20000, 10, 10000, kMerged, 1})
    ->Args({20000, 3, 20000, kUniform, 1})
    ->Args({100000, 5, 100000, kOneFront, 1})
    ->Args({100000, 3, 100000, kUniform, 1})
    ->Args({100000, 2, 100000, kUniform, 1})
    ->Args({20000, 5, 10000, kMerged, 2})
    ->Args({100000, 5, 100000, kOneFront, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(sort_by_definition)
    ->ArgNames({"n", "m", "stop", "shape"})
    ->Args({200, 5, 100, kMerged})
    ->Args({2000, 5, 1000, kMerged})
    ->Unit(benchmark::kMillisecond);

}  // namespace
