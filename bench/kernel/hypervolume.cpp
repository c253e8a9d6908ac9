// Exact hypervolume and exclusive contributions on points of a sphere octant, beside pagmo2 where it is installed.
// Values are compared while timing: a run stops with an error where they differ by more than rounding.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <vector>

#if __has_include(<pagmo/utils/hypervolume.hpp>) && defined(MILLRACE_BENCH_PAGMO)
#include <pagmo/utils/hypervolume.hpp>
#define MILLRACE_HAS_PAGMO 1
#endif

#include "engine/indicator/hypervolume.hpp"
#include "engine/random/philox.hpp"

namespace {

using namespace millrace;

Columns sphere(std::size_t n, std::size_t m) {
  Columns points(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    RowDraws draws({1, 0, Stage::indicator}, static_cast<std::uint32_t>(i));
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      // Box and Muller: the direction of normal deviates is uniform over the sphere.
      const double radius = std::sqrt(-2.0 * std::log(1.0 - draws.next_double()));
      points(i, k) = std::abs(radius * std::cos(6.283185307179586 * draws.next_double()));
      squares += points(i, k) * points(i, k);
    }
    for (std::size_t k = 0; k < m; ++k) points(i, k) /= std::sqrt(squares);
  }
  return points;
}

std::vector<double> corner(std::size_t m) { return std::vector<double>(m, 1.1); }

// Arguments: objectives, points, threads.
void hypervolume_exact(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  const Columns points = sphere(static_cast<std::size_t>(state.range(1)), m);
  Workers workers(static_cast<std::size_t>(state.range(2)));
  const auto estimate = estimate_hypervolume(points, corner(m), 100000, 1, workers);
  double value = 0.0;
  for (auto _ : state) benchmark::DoNotOptimize(value = hypervolume(points, corner(m), workers));
  if (std::abs(value - estimate.value) > 6.0 * estimate.standard_error) state.SkipWithError("not the sampled value");
  state.counters["value"] = value;
}

void contributions_exact(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  const Columns points = sphere(static_cast<std::size_t>(state.range(1)), m);
  Workers workers(static_cast<std::size_t>(state.range(2)));
  std::vector<double> values;
  for (auto _ : state) benchmark::DoNotOptimize(values = hypervolume_contributions(points, corner(m), workers));
  const double all = hypervolume(points, corner(m), workers);
  Columns without_first(points.rows() - 1, m);
  for (std::size_t k = 0; k < m; ++k)
    for (std::size_t i = 1; i < points.rows(); ++i) without_first(i - 1, k) = points(i, k);
  const double lost = all - hypervolume(without_first, corner(m), workers);
  if (std::abs(values[0] - lost) > 1e-12 * all) state.SkipWithError("not the difference of hypervolumes");
}

void hypervolume_sampled(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  const Columns points = sphere(static_cast<std::size_t>(state.range(1)), m);
  Workers workers(static_cast<std::size_t>(state.range(2)));
  HypervolumeEstimate estimate;
  for (auto _ : state) benchmark::DoNotOptimize(estimate = estimate_hypervolume(points, corner(m), 100000, 1, workers));
  state.counters["relative_error"] = estimate.standard_error / estimate.value;
}

BENCHMARK(hypervolume_exact)
    ->ArgNames({"m", "n", "threads"})
    ->ArgsProduct({{2, 3, 4, 5}, {100, 1000}, {1, 2}})
    ->ArgsProduct({{6}, {100, 1000}, {1, 2}})
    ->ArgsProduct({{8}, {50, 200}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(contributions_exact)
    ->ArgNames({"m", "n", "threads"})
    ->ArgsProduct({{3, 4, 5}, {100, 500}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(hypervolume_sampled)
    ->ArgNames({"m", "n", "threads"})
    ->ArgsProduct({{5, 10}, {1000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

#ifdef MILLRACE_HAS_PAGMO

pagmo::hypervolume pagmo_points(const Columns& points) {
  std::vector<pagmo::vector_double> rows(points.rows(), pagmo::vector_double(points.columns()));
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t k = 0; k < points.columns(); ++k) rows[i][k] = points(i, k);
  return pagmo::hypervolume(rows, false);
}

void pagmo_hypervolume(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  const Columns points = sphere(static_cast<std::size_t>(state.range(1)), m);
  const pagmo::hypervolume peer = pagmo_points(points);
  Workers one(1);
  double value = 0.0;
  for (auto _ : state) benchmark::DoNotOptimize(value = peer.compute(corner(m)));
  if (std::abs(value / hypervolume(points, corner(m), one) - 1.0) > 1e-11) state.SkipWithError("values differ");
}

void pagmo_contributions(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  const Columns points = sphere(static_cast<std::size_t>(state.range(1)), m);
  const pagmo::hypervolume peer = pagmo_points(points);
  Workers one(1);
  std::vector<double> values;
  for (auto _ : state) benchmark::DoNotOptimize(values = peer.contributions(corner(m)));
  const auto expected = hypervolume_contributions(points, corner(m), one);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::abs(values[i] - expected[i]) > 1e-11) state.SkipWithError("values differ");
}

BENCHMARK(pagmo_hypervolume)
    ->ArgNames({"m", "n"})
    ->ArgsProduct({{2, 3, 4, 5, 6}, {100, 1000}})
    ->ArgsProduct({{8}, {50, 200}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(pagmo_contributions)
    ->ArgNames({"m", "n"})
    ->ArgsProduct({{3, 4, 5}, {100, 500}})
    ->Unit(benchmark::kMillisecond);

#endif

}  // namespace
