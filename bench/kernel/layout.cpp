// Which memory layout should a population have? Rows (an individual contiguous), columns (a variable contiguous over
// the population) and tiles (64 individuals transposed) do the same work; their results are compared before they are
// timed. docs/design.md quotes the numbers.
#include <benchmark/benchmark.h>

#include <cmath>
#include <span>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/kernel/layout.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "bench/kernel/layout-inl.h"

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(mix_rows);
HWY_EXPORT(mix_columns);
HWY_EXPORT(mix_tiles);
HWY_EXPORT(separable_rows);
HWY_EXPORT(separable_columns);
HWY_EXPORT(separable_tile);
HWY_EXPORT(recurrence_rows);
HWY_EXPORT(recurrence_columns);
HWY_EXPORT(recurrence_tile);
HWY_EXPORT(dominated_rows);
HWY_EXPORT(dominated_columns);

void mix(const DecisionRows& x, const Mating& m, DecisionRows& out) { HWY_DYNAMIC_DISPATCH(mix_rows)(x, m, out); }
void mix(const Columns& x, const Mating& m, Columns& out) { HWY_DYNAMIC_DISPATCH(mix_columns)(x, m, out); }
void mix(const Tiles& x, const Mating& m, Tiles& out) { HWY_DYNAMIC_DISPATCH(mix_tiles)(x, m, out); }

struct Separable {
  static void run(const DecisionRows& x, const Slot* slots, const double* c, double* f) {
    HWY_DYNAMIC_DISPATCH(separable_rows)(x, slots, c, f);
  }
  static void run(const Columns& x, const Slot* slots, const double* c, double* f) {
    HWY_DYNAMIC_DISPATCH(separable_columns)(x, slots, c, f);
  }
  static void run(const Tile& x, const double* c, double* f) { HWY_DYNAMIC_DISPATCH(separable_tile)(x, c, f); }
};

struct Recurrence {
  static void run(const DecisionRows& x, const Slot* slots, const double* c, double* f) {
    HWY_DYNAMIC_DISPATCH(recurrence_rows)(x, slots, c, f);
  }
  static void run(const Columns& x, const Slot* slots, const double* c, double* f) {
    HWY_DYNAMIC_DISPATCH(recurrence_columns)(x, slots, c, f);
  }
  static void run(const Tile& x, const double* c, double* f) { HWY_DYNAMIC_DISPATCH(recurrence_tile)(x, c, f); }
};

/// A population like a run's, and at 10^5 variables one that stays far below a gigabyte in two layouts at once.
std::size_t population_size(std::size_t variables) { return variables < 100'000 ? 1024 : 128; }

/// Odd, so that its multiples modulo a population size, a power of two, reach every individual.
constexpr std::size_t kScatter = 389;

/// Fractional parts of multiples of the golden ratio: even, without order, and the same everywhere.
double draw(std::size_t index) {
  const double multiple = 0.6180339887498949 * static_cast<double>(index + 1);
  return multiple - std::floor(multiple);
}

DecisionRows make_rows(std::size_t variables) {
  DecisionRows rows(population_size(variables), variables);
  for (std::size_t i = 0; i < rows.rows(); ++i)
    for (std::size_t j = 0; j < variables; ++j) rows.row(i)[j] = draw(i * variables + j);
  return rows;
}

std::vector<Slot> lanes_of(std::size_t tile) {
  std::vector<Slot> slots(kLanes);
  std::iota(slots.begin(), slots.end(), static_cast<Slot>(tile * kLanes));
  return slots;
}

template <class Layout>
Layout in_layout(const DecisionRows& rows) {
  if constexpr (std::is_same_v<Layout, DecisionRows>) {
    return rows;
  } else if constexpr (std::is_same_v<Layout, Columns>) {
    Columns columns(rows.rows(), rows.variables());
    for (std::size_t i = 0; i < rows.rows(); ++i)
      for (std::size_t j = 0; j < rows.variables(); ++j) columns(i, j) = rows.row(i)[j];
    return columns;
  } else {
    Tiles tiles(rows.rows() / kLanes, Tile(rows.variables()));
    for (std::size_t t = 0; t < tiles.size(); ++t) tiles[t].gather(rows, lanes_of(t));
    return tiles;
  }
}

double value(const DecisionRows& x, std::size_t i, std::size_t j) { return x.row(i)[j]; }
double value(const Columns& x, std::size_t i, std::size_t j) { return x(i, j); }
double value(const Tiles& x, std::size_t i, std::size_t j) { return x[i / kLanes].column(j)[i % kLanes]; }

/// Google Benchmark prints this with its unit: per_value=425ps.
void report(benchmark::State& state, std::size_t values) {
  using benchmark::Counter;
  state.counters["per_value"] =
      Counter(static_cast<double>(values), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

template <class Layout>
void variation(benchmark::State& state) {
  const auto d = static_cast<std::size_t>(state.range(0));
  const DecisionRows rows = make_rows(d);
  Mating mating;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    mating.first.push_back(static_cast<Slot>(draw(7 * i) * static_cast<double>(rows.rows())));
    mating.second.push_back(static_cast<Slot>(draw(7 * i + 3) * static_cast<double>(rows.rows())));
    mating.weight.push_back(draw(7 * i + 5));
  }
  const auto x = in_layout<Layout>(rows);
  auto children = x;
  mix(x, mating, children);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const double w = mating.weight[i];
    for (std::size_t j = 0; j < d; ++j)
      if (value(children, i, j) != (1.0 - w) * rows.row(mating.first[i])[j] + w * rows.row(mating.second[i])[j])
        return state.SkipWithError("this layout's children differ");
  }
  for (auto _ : state) {
    mix(x, mating, children);
    benchmark::ClobberMemory();
  }
  report(state, rows.rows() * d);
}

/// Evaluation as the engine does it: rows, of which 64 at a time are transposed into a tile that is used again.
struct TileOfRows {
  DecisionRows rows;
  Tile tile;
};

template <class Function>
void evaluate(TileOfRows& x, std::span<const Slot> slots, const double* c, double* f) {
  for (std::size_t first = 0; first < slots.size(); first += kLanes) {
    x.tile.gather(x.rows, slots.subspan(first, kLanes));
    Function::run(x.tile, c, f + first);
  }
}
template <class Function>
void evaluate(Tiles& x, std::span<const Slot>, const double* c, double* f) {
  for (std::size_t t = 0; t < x.size(); ++t) Function::run(x[t], c, f + t * kLanes);
}
template <class Function, class Layout>
void evaluate(Layout& x, std::span<const Slot> slots, const double* c, double* f) {
  Function::run(x, slots.data(), c, f);
}

template <class Function, class Layout>
void evaluation(benchmark::State& state) {
  const auto d = static_cast<std::size_t>(state.range(0));
  const DecisionRows rows = make_rows(d);
  AlignedVector<double> c(rows.stride(), 0.0);
  for (std::size_t j = 0; j < d; ++j) c[j] = draw(11 * j);
  // A stored tile keeps its individuals; everything else is asked for them in a scattered order.
  std::vector<Slot> slots(rows.rows());
  for (std::size_t i = 0; i < slots.size(); ++i)
    slots[i] = static_cast<Slot>(std::is_same_v<Layout, Tiles> ? i : i * kScatter % slots.size());
  std::vector<double> expected(rows.rows()), f(rows.rows());
  evaluate<Function>(rows, slots, c.data(), expected.data());
  auto x = [&] {
    if constexpr (std::is_same_v<Layout, TileOfRows>) return TileOfRows{rows, Tile(d)};
    else return in_layout<Layout>(rows);
  }();
  evaluate<Function>(x, slots, c.data(), f.data());
  // Rows add a separable function up in eight parts; a recurrence has one order.
  const double tolerance = std::is_same_v<Function, Separable> ? 1e-12 : 0.0;
  for (std::size_t i = 0; i < f.size(); ++i)
    if (!(std::abs(f[i] - expected[i]) <= tolerance * expected[i]))
      return state.SkipWithError("this layout's values differ");
  for (auto _ : state) {
    evaluate<Function>(x, slots, c.data(), f.data());
    benchmark::ClobberMemory();
  }
  report(state, rows.rows() * d);
}

template <class Layout>
void comparison(benchmark::State& state) {
  const auto m = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t n = 1024;
  Columns columns(n, m);
  std::vector<double> rows(n * m);
  for (std::size_t i = 0; i < n * m; ++i) columns(i / m, i % m) = rows[i] = draw(i * i);
  std::vector<std::uint32_t> by_rows(n), by_columns(n);
  const auto count_rows = [&] { HWY_DYNAMIC_DISPATCH(dominated_rows)(rows.data(), n, m, by_rows.data()); };
  const auto count_columns = [&] { HWY_DYNAMIC_DISPATCH(dominated_columns)(columns, by_columns.data()); };
  count_rows();
  count_columns();
  if (by_rows != by_columns) return state.SkipWithError("the layouts disagree on dominance");
  for (auto _ : state) {
    if constexpr (std::is_same_v<Layout, Columns>) count_columns();
    else count_rows();
    benchmark::ClobberMemory();
  }
  report(state, n * n * m);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("d")->Arg(16)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
}
void objective_counts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("m")->Arg(2)->Arg(3)->Arg(10)->Unit(benchmark::kMicrosecond);
}

BENCHMARK(variation<DecisionRows>)->Name("variation/rows")->Apply(sizes);
BENCHMARK(variation<Columns>)->Name("variation/columns")->Apply(sizes);
BENCHMARK(variation<Tiles>)->Name("variation/tiles")->Apply(sizes);
BENCHMARK(evaluation<Separable, DecisionRows>)->Name("separable/rows")->Apply(sizes);
BENCHMARK(evaluation<Separable, Columns>)->Name("separable/columns")->Apply(sizes);
BENCHMARK(evaluation<Separable, Tiles>)->Name("separable/tiles")->Apply(sizes);
BENCHMARK(evaluation<Separable, TileOfRows>)->Name("separable/tile_of_rows")->Apply(sizes);
BENCHMARK(evaluation<Recurrence, DecisionRows>)->Name("recurrence/rows")->Apply(sizes);
BENCHMARK(evaluation<Recurrence, Columns>)->Name("recurrence/columns")->Apply(sizes);
BENCHMARK(evaluation<Recurrence, Tiles>)->Name("recurrence/tiles")->Apply(sizes);
BENCHMARK(evaluation<Recurrence, TileOfRows>)->Name("recurrence/tile_of_rows")->Apply(sizes);
BENCHMARK(comparison<DecisionRows>)->Name("comparison/rows")->Apply(objective_counts);
BENCHMARK(comparison<Columns>)->Name("comparison/columns")->Apply(objective_counts);

}  // namespace
}  // namespace millrace
#endif
