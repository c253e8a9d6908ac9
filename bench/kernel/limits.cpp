// What one core can do at best of what a generation consists of: fused multiply-adds, reads, random numbers, powers,
// sorting of keys, dominance tests. docs/performance.md builds the least time of a generation from it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <hwy/contrib/sort/vqsort.h>

#include "engine/data/aligned.hpp"
#include "engine/random/philox.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/kernel/limits.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "operators/power-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr hn::ScalableTag<double> kDoubles;
constexpr hn::CappedTag<std::uint16_t, 32> kRanks;

/// `rounds` times twelve independent multiply-adds, enough to fill two pipelines; returns the operations done.
double fused_multiply_adds(std::size_t rounds, double* out) {
  const auto factor = hn::Set(kDoubles, 0.999);
  const auto term = hn::Set(kDoubles, 0.001);
  auto a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term,
       l = term;
  for (std::size_t r = 0; r < rounds; ++r) {
    a = hn::MulAdd(a, factor, term), b = hn::MulAdd(b, factor, term), c = hn::MulAdd(c, factor, term);
    d = hn::MulAdd(d, factor, term), e = hn::MulAdd(e, factor, term), f = hn::MulAdd(f, factor, term);
    g = hn::MulAdd(g, factor, term), h = hn::MulAdd(h, factor, term), i = hn::MulAdd(i, factor, term);
    j = hn::MulAdd(j, factor, term), k = hn::MulAdd(k, factor, term), l = hn::MulAdd(l, factor, term);
  }
  const auto sum = hn::Add(hn::Add(hn::Add(a, b), hn::Add(c, d)), hn::Add(hn::Add(e, f), hn::Add(g, h)));
  hn::Store(hn::Add(hn::Add(sum, hn::Add(i, j)), hn::Add(k, l)), kDoubles, out);
  return 24.0 * static_cast<double>(rounds * hn::Lanes(kDoubles));
}

/// Largest of all values: a read and a comparison that waits for nothing.
void largest(const double* values, std::size_t count, double* out) {
  const std::size_t lanes = hn::Lanes(kDoubles);
  auto a = hn::Load(kDoubles, values), b = a, c = a, d = a;
  for (std::size_t i = 0; i < count; i += 4 * lanes) {
    a = hn::Max(a, hn::Load(kDoubles, values + i));
    b = hn::Max(b, hn::Load(kDoubles, values + i + lanes));
    c = hn::Max(c, hn::Load(kDoubles, values + i + 2 * lanes));
    d = hn::Max(d, hn::Load(kDoubles, values + i + 3 * lanes));
  }
  hn::Store(hn::Max(hn::Max(a, b), hn::Max(c, d)), kDoubles, out);
}

void powers(const double* x, double exponent, double* out, std::size_t count) {
  for (std::size_t i = 0; i < count; i += hn::Lanes(kDoubles)) {
    const auto log2 = fast_log2(kDoubles, hn::Load(kDoubles, x + i));
    hn::Store(fast_exp2(kDoubles, hn::Mul(log2, hn::Set(kDoubles, exponent))), kDoubles, out + i);
  }
}

/// How many of `blocks` blocks of 32 points in five objectives are at most `point` somewhere: 32 tests a block.
std::size_t dominance_tests(const std::uint16_t* block, std::size_t blocks, const std::uint16_t* point) {
  std::size_t found = 0;
  for (std::size_t b = 0; b < blocks; ++b, block += 5 * 32)
    for (std::size_t lane = 0; lane < 32; lane += hn::Lanes(kRanks)) {
      auto above = hn::SaturatedSub(hn::Load(kRanks, block + lane), hn::Set(kRanks, point[0]));
      for (std::size_t k = 1; k < 5; ++k)
        above = hn::Or(above, hn::SaturatedSub(hn::Load(kRanks, block + k * 32 + lane), hn::Set(kRanks, point[k])));
      found += !hn::AllFalse(kRanks, hn::Eq(above, hn::Zero(kRanks)));
    }
  return found;
}

}  // namespace millrace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {
namespace {

HWY_EXPORT(fused_multiply_adds);
HWY_EXPORT(largest);
HWY_EXPORT(powers);
HWY_EXPORT(dominance_tests);

void fma(benchmark::State& state) {
  AlignedVector<double> out(16);
  double operations = 0.0;
  for (auto _ : state) {
    operations += HWY_DYNAMIC_DISPATCH(fused_multiply_adds)(1000, out.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.counters["operations_per_second"] = benchmark::Counter(operations, benchmark::Counter::kIsRate);
}
BENCHMARK(fma);

/// Argument: KiB that are read again and again.
void read(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0)) * 1024;
  const AlignedVector<double> values(bytes / sizeof(double), 1.0);
  AlignedVector<double> out(16);
  for (auto _ : state) {
    HWY_DYNAMIC_DISPATCH(largest)(values.data(), values.size(), out.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(read)->Arg(16)->Arg(512)->Arg(8 * 1024)->Arg(512 * 1024);

void draw(benchmark::State& state) {
  AlignedVector<double> values(1024);
  std::uint32_t row = 0;
  for (auto _ : state) {
    fill_uniform({1, 0, Stage::problem}, row++, 0, values);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK(draw);

void power(benchmark::State& state) {
  AlignedVector<double> x(1024), y(1024);
  fill_uniform({1, 0, Stage::problem}, 0, 0, x);
  for (double& value : x) value += 0.5;
  HWY_DYNAMIC_DISPATCH(powers)(x.data(), 0.3, y.data(), x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!(std::abs(y[i] - std::pow(x[i], 0.3)) < 1e-14)) return state.SkipWithError("not the power");
  for (auto _ : state) {
    HWY_DYNAMIC_DISPATCH(powers)(x.data(), 0.3, y.data(), x.size());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK(power);

/// Argument: keys of 64 bits. The copy that unsorts them is part of the time.
void sort_keys(benchmark::State& state) {
  std::vector<std::uint64_t> keys(static_cast<std::size_t>(state.range(0))), work(keys.size());
  fill_u64({1, 0, Stage::problem}, 0, 0, keys);
  hwy::Sorter sorter;
  for (auto _ : state) {
    work = keys;
    sorter(work.data(), work.size(), hwy::SortAscending{});
    benchmark::ClobberMemory();
  }
  if (!std::is_sorted(work.begin(), work.end())) state.SkipWithError("not sorted");
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sort_keys)->Arg(2000)->Arg(20000);

void dominance(benchmark::State& state) {
  constexpr std::size_t kBlocks = 64;
  AlignedVector<std::uint16_t> ranks(kBlocks * 5 * 32);
  std::vector<std::uint64_t> draws(ranks.size());
  fill_u64({1, 0, Stage::problem}, 0, 0, draws);
  // No lane is at most the point, which is how nearly every test of a search ends.
  std::transform(draws.begin(), draws.end(), ranks.begin(),
                 [](auto d) { return static_cast<std::uint16_t>(d | 32768); });
  const std::vector<std::uint16_t> point = {40000, 40000, 40000, 40000, 32767};
  for (auto _ : state)
    benchmark::DoNotOptimize(HWY_DYNAMIC_DISPATCH(dominance_tests)(ranks.data(), kBlocks, point.data()));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBlocks * 32));
}
BENCHMARK(dominance);

}  // namespace
}  // namespace millrace
#endif
