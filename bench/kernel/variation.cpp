// Cost of making children, per variable of a child, beside the obvious scalar code; values are compared while at it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "engine/data/simd_target.hpp"
#include "engine/parallel/workers.hpp"
#include "operators/variation.hpp"
#include "tests/reference/polynomial_mutation.hpp"
#include "tests/reference/sbx.hpp"

namespace {

using namespace millrace;

constexpr std::size_t kChildren = 1004;

/// 1,004 parents in the lower half, room for as many children above. `spread` is the share of the box they fill: late
/// in a run it is small, and bounds are far from most pairs.
struct Generation {
  Generation(std::size_t d, double spread) : bounds(d), x(2 * kChildren, d), parents(kChildren), children(kChildren) {
    std::iota(parents.begin(), parents.end(), 0u);
    std::shuffle(parents.begin(), parents.end(), std::mt19937(1));
    std::iota(children.begin(), children.end(), static_cast<Slot>(kChildren));
    for (std::size_t i = 0; i < kChildren; ++i) {
      fill_uniform({7, 0, Stage::sample}, static_cast<std::uint32_t>(i), 0, x.row(i));
      for (double& value : x.row(i)) value = 0.5 + spread * (value - 0.5);
    }
  }
  Mating mating() { return {x, parents, children}; }

  Bounds bounds;
  DecisionRows x;
  std::vector<Slot> parents;
  std::vector<Slot> children;
};

void report(benchmark::State& state, std::size_t d) {
  const double variables = static_cast<double>(kChildren * d);
  state.counters["per_variable"] =
      benchmark::Counter(variables, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.SetLabel(simd_target());
}

/// The obvious code: crossover and mutation of each pair by the textbook formulas.
void reference_generation(Generation& g, const VariationOptions& options, std::uint32_t generation) {
  for (std::size_t q = 0; q < kChildren / 2; ++q) {
    const auto children =
        reference::sbx(options.sbx, g.bounds, g.x.row_data(g.parents[2 * q]), g.x.row_data(g.parents[2 * q + 1]),
                       {42, generation, Stage::crossover}, static_cast<std::uint32_t>(q));
    std::copy(children.first.begin(), children.first.end(), g.x.row_data(g.children[2 * q]));
    std::copy(children.second.begin(), children.second.end(), g.x.row_data(g.children[2 * q + 1]));
  }
  for (std::uint32_t i = 0; i < kChildren; ++i)
    reference::polynomial_mutation(options.mutation, g.bounds, g.x.row_data(g.children[i]),
                                   {42, generation, Stage::mutate}, i);
}

/// Empty where both give the same children to 1e-11 of the box.
std::string difference(std::size_t d, double spread, const VariationOptions& options) {
  Generation fast(d, spread);
  Generation slow(d, spread);
  Workers workers(1);
  Variation(options, fast.bounds, 42).apply(fast.x, fast.parents, fast.children, 3, workers);
  reference_generation(slow, options, 3);
  for (const Slot child : fast.children)
    for (std::size_t j = 0; j < d; ++j)
      if (!(std::abs(fast.x.row_data(child)[j] - slow.x.row_data(child)[j]) < 1e-11))
        return "children differ from the reference";
  return {};
}

void fill_uniform_rows(benchmark::State& state) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  DecisionRows x(kChildren, d);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kChildren; ++i)
      fill_uniform({1, generation, Stage::sample}, static_cast<std::uint32_t>(i), 0, x.row(i));
    ++generation;
    benchmark::ClobberMemory();
  }
  report(state, d);
}

void row_draws(benchmark::State& state) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  DecisionRows x(kChildren, d);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kChildren; ++i) {
      RowDraws draws({1, generation, Stage::sample}, static_cast<std::uint32_t>(i));
      for (double& value : x.row(i)) value = draws.next_double();
    }
    ++generation;
    benchmark::ClobberMemory();
  }
  report(state, d);
}

void sbx_pairs(benchmark::State& state) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  Generation g(d, static_cast<double>(state.range(1)) / 100.0);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    sbx({}, g.bounds, g.mating(), {1, generation++, Stage::crossover}, {0, kChildren / 2});
    benchmark::ClobberMemory();
  }
  report(state, d);
}

void mutate_rows(benchmark::State& state) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  Generation g(d, 1.0);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    polynomial_mutation({}, g.bounds, g.x, g.parents, {1, generation++, Stage::mutate}, 0);
    benchmark::ClobberMemory();
  }
  report(state, d);
}

void variation(benchmark::State& state, VariationOptions options) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  const double spread = static_cast<double>(state.range(1)) / 100.0;
  if (options.crossover == VariationOptions::Crossover::sbx)
    if (const std::string error = difference(d, spread, options); !error.empty())
      return state.SkipWithError(error.c_str());
  Generation g(d, spread);
  const Variation vary(options, g.bounds, 42);
  // Differential evolution reads four parents a child.
  std::vector<Slot> parents;
  for (std::size_t i = 0; i < kChildren / vary.children_per_group() * vary.parents_per_group(); ++i)
    parents.push_back(g.parents[i * 5 % kChildren]);
  Workers workers(1);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    vary.apply(g.x, parents, g.children, generation++, workers);
    benchmark::ClobberMemory();
  }
  report(state, d);
}

void variation_reference(benchmark::State& state) {
  const std::size_t d = static_cast<std::size_t>(state.range(0));
  Generation g(d, static_cast<double>(state.range(1)) / 100.0);
  std::uint32_t generation = 0;
  for (auto _ : state) {
    reference_generation(g, {}, generation++);
    benchmark::ClobberMemory();
  }
  report(state, d);
}

const VariationOptions kUniform{.crossover = VariationOptions::Crossover::uniform};
const VariationOptions kDifferential{.crossover = VariationOptions::Crossover::differential};

BENCHMARK(fill_uniform_rows)->Arg(14)->Arg(1000);
BENCHMARK(row_draws)->Arg(14)->Arg(1000);
// {variables, share of the box in percent that the parents fill}
BENCHMARK(sbx_pairs)->Args({2, 100})->Args({7, 100})->Args({14, 100})->Args({14, 5})->Args({1000, 100});
BENCHMARK(mutate_rows)->Arg(2)->Arg(14)->Arg(1000);
BENCHMARK_CAPTURE(variation, sbx, VariationOptions{})
    ->Args({7, 100})
    ->Args({14, 100})
    ->Args({14, 5})
    ->Args({1000, 100});
BENCHMARK_CAPTURE(variation, uniform, kUniform)->Args({14, 100})->Args({1000, 100});
BENCHMARK_CAPTURE(variation, differential, kDifferential)->Args({14, 100})->Args({1000, 100});
BENCHMARK(variation_reference)->Args({14, 100})->Args({14, 5})->Args({1000, 100});

}  // namespace
