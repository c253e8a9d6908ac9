#include "operators/polynomial_mutation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "operators/polynomial_mutation.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/random/philox-inl.h"
#include "operators/power-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using VU = hn::Vec<hn::RebindToUnsigned<D>>;
using M = hn::Mask<D>;

/// Rows that are mutated together: lanes stay full until the last few rows, and everything fits in L1.
constexpr std::size_t kRows = 64;
constexpr std::size_t kRoom = kRows + HWY_MAX_BYTES / sizeof(double);

/// The options as the kernel wants them.
struct MutationConstants {
  double exponent;
  double inverse_exponent;
  /// 1 / log2(1 - probability), from -infinity (never) to -0 (always): what turns log2 u into a gap.
  double gap_scale;

  MutationConstants(const PolynomialMutationOptions& options, std::size_t variables)
      : exponent(options.eta + 1.0), inverse_exponent(1.0 / exponent),
        gap_scale(std::numbers::ln2 / std::log1p(-options.probability.value_or(1.0 / static_cast<double>(variables)))) {
  }
};

/// Rows still being walked: where each stands, and its draws of this round.
struct Walk {
  HWY_ALIGN std::uint64_t row[kRoom];
  HWY_ALIGN double position[kRoom];
  HWY_ALIGN std::uint64_t step_word[kRoom];
  double* values[kRoom];
  std::size_t count = 0;
};

/// Variables to mutate, gathered so that the arithmetic runs on full vectors.
struct Mutants {
  HWY_ALIGN double value[kRoom];
  HWY_ALIGN double lower[kRoom];
  HWY_ALIGN double upper[kRoom];
  HWY_ALIGN std::uint64_t word[kRoom];
  double* target[kRoom];
  std::size_t count = 0;
};

/// Block `round` of every row of the walk: moves each to its next mutated variable and draws the step.
HWY_INLINE void advance(const MutationConstants& c, Walk& walk, StreamKey key, std::uint32_t round) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  const V one = hn::Set(d, 1.0);
  for (std::size_t i = 0; i < walk.count; i += hn::Lanes(d)) {
    VU gap_word, step_word;
    philox_words(du, key, hn::Set(du, std::uint64_t{round}), hn::Load(du, walk.row + i), gap_word, step_word);
    const V gap = hn::Floor(hn::Mul(fast_log2(d, open_unit(d, gap_word)), hn::Set(d, c.gap_scale)));
    hn::Store(hn::Add(hn::Add(hn::Load(d, walk.position + i), one), gap), d, walk.position + i);
    hn::Store(step_word, du, walk.step_word + i);
  }
}

/// Takes up the variables that the walk has reached and drops the rows that it has left.
HWY_INLINE void collect(const Bounds& bounds, Walk& walk, Mutants& mutants) {
  const double variables = static_cast<double>(bounds.variables());
  // Everything is written whether it is wanted or not: half of the rows end here, and nobody can predict which.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < walk.count; ++i) {
    const bool reached = walk.position[i] < variables;
    const std::size_t j = reached ? static_cast<std::size_t>(walk.position[i]) : 0;
    mutants.target[kept] = walk.values[i] + j;
    mutants.value[kept] = walk.values[i][j];
    mutants.lower[kept] = bounds.lower(j);
    mutants.upper[kept] = bounds.upper(j);
    mutants.word[kept] = walk.step_word[i];
    walk.row[kept] = walk.row[i];
    walk.position[kept] = walk.position[i];
    walk.values[kept] = walk.values[i];
    kept += reached;
  }
  walk.count = kept;
  mutants.count = kept;
}

/// New values of one vector of variables. By symmetry a step up is a step down in the mirrored interval.
HWY_INLINE V mutated(D d, const MutationConstants& c, V value, V lower, V upper, V u) {
  const V one = hn::Set(d, 1.0);
  const V width = hn::Sub(upper, lower);
  const M wide = hn::Lt(hn::Zero(d), width);
  const M down = hn::Lt(u, hn::Set(d, 0.5));
  const V tail = hn::IfThenElse(down, u, hn::Sub(one, u));
  const V twice = hn::Add(tail, tail);
  // Share of the interval on the far side of the value; positive so that its logarithm is finite.
  const V room = hn::IfThenElse(down, hn::Sub(upper, value), hn::Sub(value, lower));
  const V share = hn::Max(hn::Div(room, hn::IfThenElse(wide, width, one)), hn::Set(d, 1e-300));
  const V cut = fast_exp2(d, hn::Mul(fast_log2(d, share), hn::Set(d, c.exponent)));
  const V mass = hn::MulAdd(hn::Sub(one, twice), cut, twice);
  const V root = fast_exp2(d, hn::Mul(fast_log2(d, mass), hn::Set(d, c.inverse_exponent)));
  const V step = hn::Mul(hn::Sub(root, one), width);
  const V moved = hn::IfThenElse(down, hn::Add(value, step), hn::Sub(value, step));
  return hn::IfThenElse(wide, hn::Min(hn::Max(moved, lower), upper), value);
}

HWY_INLINE void mutate(const MutationConstants& c, Mutants& mutants) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  for (std::size_t i = 0; i < mutants.count; i += hn::Lanes(d)) {
    const V u = open_unit(d, hn::Load(du, mutants.word + i));
    const V value = mutated(d, c, hn::Load(d, mutants.value + i), hn::Load(d, mutants.lower + i),
                            hn::Load(d, mutants.upper + i), u);
    hn::Store(value, d, mutants.value + i);
  }
  for (std::size_t i = 0; i < mutants.count; ++i) *mutants.target[i] = mutants.value[i];
}

HWY_INLINE void walk_rows(const MutationConstants& c, const Bounds& bounds, Walk& walk, Mutants& mutants,
                          StreamKey key) {
  for (std::uint32_t round = 0; walk.count > 0; ++round) {
    advance(c, walk, key, round);
    collect(bounds, walk, mutants);
    mutate(c, mutants);
  }
}

HWY_INLINE void enter(Walk& walk, double* values, std::uint32_t row) {
  walk.row[walk.count] = row;
  walk.position[walk.count] = -1.0;
  walk.values[walk.count] = values;
  ++walk.count;
}

void mutate_rows(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                 std::span<const Slot> slots, StreamKey key, std::uint32_t first_row) {
  const MutationConstants constants(options, bounds.variables());
  Walk walk{};
  Mutants mutants{};
  for (std::size_t start = 0; start < slots.size(); start += kRows) {
    const std::size_t end = std::min(start + kRows, slots.size());
    for (std::size_t i = start; i < end; ++i)
      enter(walk, x.row_data(slots[i]), first_row + static_cast<std::uint32_t>(i));
    walk_rows(constants, bounds, walk, mutants, key);
  }
}

void mutate_row(const PolynomialMutationOptions& options, const Bounds& bounds, double* row, StreamKey key,
                std::uint32_t row_number) {
  Walk walk{};
  Mutants mutants{};
  enter(walk, row, row_number);
  walk_rows(MutationConstants(options, bounds.variables()), bounds, walk, mutants, key);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(mutate_rows);
HWY_EXPORT(mutate_row);

std::string PolynomialMutationOptions::error() const {
  if (probability && !(*probability >= 0.0 && *probability <= 1.0))
    return fmt::format("polynomial mutation: probability is {}, but must be from 0 to 1", *probability);
  if (!(eta >= 0.0 && eta <= 1e6)) return fmt::format("polynomial mutation: eta is {}, but must be from 0 to 1e6", eta);
  return {};
}

void polynomial_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, double* row, StreamKey key,
                         std::uint32_t row_number) {
  HWY_DYNAMIC_DISPATCH(mutate_row)(options, bounds, row, key, row_number);
}

void polynomial_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                         std::span<const Slot> slots, StreamKey key, std::uint32_t first_row) {
  HWY_DYNAMIC_DISPATCH(mutate_rows)(options, bounds, x, slots, key, first_row);
}

}  // namespace millrace
#endif
