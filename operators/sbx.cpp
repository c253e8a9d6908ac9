#include "operators/sbx.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "operators/group_draws.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "operators/sbx.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "engine/random/philox-inl.h"
#include "operators/packing-inl.h"
#include "operators/power-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using VU = hn::Vec<hn::RebindToUnsigned<D>>;
using M = hn::Mask<D>;

/// The options as the kernel wants them.
struct SbxConstants {
  double exponent;
  double inverse_exponent;
  /// Spread at which a bound is so far away that its term, exponent-th power of 1 / spread, vanishes against 2.
  double far_spread;
  std::int64_t coin_limit;

  explicit SbxConstants(const SbxOptions& options)
      : exponent(options.eta + 1.0), inverse_exponent(1.0 / exponent), far_spread(std::exp2(54.0 / exponent)),
        coin_limit(std::llround(options.variable_probability * 2048.0)) {
    if (options.variable_probability > 0.0) coin_limit = std::max<std::int64_t>(coin_limit, 1);
  }
};

/// Variables that cross, of many pairs, packed: only half of them cross, and powers are what costs. Each entry knows
/// where its two children go.
struct Crossings {
  static constexpr std::size_t kFull = 256;
  /// Two vectors may come on top of all but one, and one of padding behind them.
  static constexpr std::size_t kRoom = kFull + 3 * HWY_MAX_BYTES / sizeof(double);
  HWY_ALIGN double y1[kRoom];
  HWY_ALIGN double y2[kRoom];
  HWY_ALIGN double lower[kRoom];
  HWY_ALIGN double upper[kRoom];
  /// Bits of the random word and addresses of the lower and the upper child: a packed vector has one type.
  HWY_ALIGN double word[kRoom];
  HWY_ALIGN double low_at[kRoom];
  HWY_ALIGN double high_at[kRoom];
  /// First the masses inside the bounds, then the children.
  HWY_ALIGN double low[kRoom];
  HWY_ALIGN double high[kRoom];
  /// Where children without a slot go.
  HWY_ALIGN double nowhere[HWY_MAX_BYTES / sizeof(double)];
  std::size_t count = 0;
};

HWY_INLINE V addresses(D d, double* first) {
  const hn::RebindToUnsigned<D> du;
  const std::uint64_t base = reinterpret_cast<std::uintptr_t>(first);
  return hn::BitCast(d, hn::Add(hn::Set(du, base), hn::ShiftLeft<3>(hn::Iota(du, 0))));
}

/// Copies one vector of variables of one pair and notes those that cross.
HWY_INLINE void collect_vector(D d, const SbxConstants& c, const Bounds& bounds, std::size_t j, VU word,
                               const double* parent1, const double* parent2, double* child1, double* child2,
                               Crossings& all) {
  const hn::RebindToUnsigned<D> du;
  const hn::RebindToSigned<D> di;
  const V p1 = hn::Load(d, parent1 + j);
  const V p2 = hn::Load(d, parent2 + j);
  double* const at1 = child1 + j;
  double* const at2 = child2 != nullptr ? child2 + j : all.nowhere;
  hn::Store(p1, d, at1);
  hn::Store(p2, d, at2);
  const auto coin = hn::BitCast(di, hn::And(hn::ShiftRight<1>(word), hn::Set(du, 2047u)));
  const M chosen = hn::RebindMask(d, hn::Lt(coin, hn::Set(di, c.coin_limit)));
  const V y1 = hn::Min(p1, p2);
  const V y2 = hn::Max(p1, p2);
  const M crossing = hn::And(chosen, hn::Lt(y1, y2));
  const M exchanged = hn::RebindMask(d, hn::TestBit(word, hn::Set(du, 1u)));
  const V a1 = addresses(d, at1);
  const V a2 = addresses(d, at2);
  const LanePacker<D> pack(d, crossing);
  const std::size_t i = all.count;
  pack.store(d, y1, all.y1 + i);
  pack.store(d, y2, all.y2 + i);
  pack.store(d, hn::Load(d, bounds.lower_data() + j), all.lower + i);
  pack.store(d, hn::Load(d, bounds.upper_data() + j), all.upper + i);
  pack.store(d, hn::BitCast(d, word), all.word + i);
  pack.store(d, hn::IfThenElse(exchanged, a2, a1), all.low_at + i);
  pack.store(d, hn::IfThenElse(exchanged, a1, a2), all.high_at + i);
  all.count = i + pack.count();
}

/// Twice the mass of the spread's distribution inside the bounds, for the lower and the upper child: 2 where the bound
/// is far away, down to 1 for a parent on the bound. The spread is half the distance of the children as a share of that
/// of the parents; its density is (eta + 1) / 2 times its eta-th power below 1, and mirrored by 1 / spread above.
HWY_INLINE void find_masses(D d, const SbxConstants& c, Crossings& all) {
  const V one = hn::Set(d, 1.0);
  const V two = hn::Set(d, 2.0);
  for (std::size_t i = 0; i < all.count; i += hn::Lanes(d)) {
    const V y1 = hn::Load(d, all.y1 + i);
    const V y2 = hn::Load(d, all.y2 + i);
    const V scale = hn::Div(two, hn::Sub(y2, y1));
    V to_lower = hn::Max(one, hn::MulAdd(hn::Sub(y1, hn::Load(d, all.lower + i)), scale, one));
    V to_upper = hn::Max(one, hn::MulAdd(hn::Sub(hn::Load(d, all.upper + i), y2), scale, one));
    V low = two;
    V high = two;
    // Where every bound is far away the powers vanish against 2, to the last bit.
    if (!hn::AllTrue(d, hn::Ge(hn::Min(to_lower, to_upper), hn::Set(d, c.far_spread)))) {
      // Beyond 2^60 nothing is cut whatever the exponent, and infinity stays out of the logarithm.
      const V cap = hn::Set(d, 0x1p60);
      const V exponent = hn::Set(d, -c.exponent);
      to_lower = hn::Min(to_lower, cap);
      to_upper = hn::Min(to_upper, cap);
      fast_log2_pair(d, to_lower, to_upper);
      low = hn::Sub(two, fast_exp2(d, hn::Mul(to_lower, exponent)));
      high = hn::Sub(two, fast_exp2(d, hn::Mul(to_upper, exponent)));
    }
    hn::Store(low, d, all.low + i);
    hn::Store(high, d, all.high + i);
  }
}

/// Quantile of the spread from log2 of `base` (below), which is inverted for an expanding pair.
HWY_INLINE V spread_of(D d, const SbxConstants& c, V log2_base, M contracting) {
  const V exponent = hn::Set(d, c.inverse_exponent);
  return fast_exp2(d, hn::Mul(log2_base, hn::IfThenElse(contracting, exponent, hn::Neg(exponent))));
}

/// Spreads at the quantile u, given the masses.
HWY_INLINE void find_spreads(D d, const SbxConstants& c, V u, V mass_low, V mass_high, V& low, V& high) {
  const V one = hn::Set(d, 1.0);
  const V two = hn::Set(d, 2.0);
  const V x_low = hn::Mul(u, mass_low);
  const M contracting_low = hn::Le(x_low, one);
  V base_low = hn::IfThenElse(contracting_low, x_low, hn::Sub(two, x_low));
  // Equal masses, as of two far bounds, give equal spreads.
  if (hn::AllTrue(d, hn::Eq(mass_low, mass_high))) {
    low = high = spread_of(d, c, fast_log2_twin(d, base_low), contracting_low);
    return;
  }
  const V x_high = hn::Mul(u, mass_high);
  const M contracting_high = hn::Le(x_high, one);
  V base_high = hn::IfThenElse(contracting_high, x_high, hn::Sub(two, x_high));
  fast_log2_pair(d, base_low, base_high);
  low = spread_of(d, c, base_low, contracting_low);
  high = spread_of(d, c, base_high, contracting_high);
}

HWY_INLINE void find_children(D d, const SbxConstants& c, Crossings& all) {
  const hn::RebindToUnsigned<D> du;
  const V half = hn::Set(d, 0.5);
  for (std::size_t i = 0; i < all.count; i += hn::Lanes(d)) {
    const V y1 = hn::Load(d, all.y1 + i);
    const V y2 = hn::Load(d, all.y2 + i);
    const V lower = hn::Load(d, all.lower + i);
    const V upper = hn::Load(d, all.upper + i);
    const V u = open_unit(d, hn::BitCast(du, hn::Load(d, all.word + i)));
    V low, high;
    find_spreads(d, c, u, hn::Load(d, all.low + i), hn::Load(d, all.high + i), low, high);
    const V sum = hn::Add(y1, y2);
    const V distance = hn::Sub(y2, y1);
    low = hn::Mul(half, hn::NegMulAdd(low, distance, sum));
    high = hn::Mul(half, hn::MulAdd(high, distance, sum));
    hn::Store(hn::Min(hn::Max(low, lower), upper), d, all.low + i);
    hn::Store(hn::Min(hn::Max(high, lower), upper), d, all.high + i);
  }
}

HWY_INLINE double* address(double bits) {
  return reinterpret_cast<double*>(static_cast<std::uintptr_t>(std::bit_cast<std::uint64_t>(bits)));
}

/// Fills the last vector up with a harmless variable.
HWY_INLINE void pad(D d, Crossings& all) {
  const V zero = hn::Zero(d);
  const V one = hn::Set(d, 1.0);
  hn::StoreU(zero, d, all.y1 + all.count);
  hn::StoreU(one, d, all.y2 + all.count);
  hn::StoreU(zero, d, all.lower + all.count);
  hn::StoreU(one, d, all.upper + all.count);
  hn::StoreU(zero, d, all.word + all.count);
}

/// Makes the children of all noted variables.
HWY_INLINE void cross_all(const SbxConstants& c, Crossings& all) {
  const D d;
  pad(d, all);
  find_masses(d, c, all);
  find_children(d, c, all);
  for (std::size_t i = 0; i < all.count; ++i) {
    *address(all.low_at[i]) = all.low[i];
    *address(all.high_at[i]) = all.high[i];
  }
  all.count = 0;
}

/// A pair that crosses.
struct CrossingPair {
  const double* parent1;
  const double* parent2;
  double* child1;
  double* child2;
  std::uint32_t number;
};

/// Variables j, j + 1, ... of a pair: one Philox call serves two vectors.
HWY_INLINE void collect_variables(const SbxConstants& c, const Bounds& bounds, const CrossingPair& pair, StreamKey key,
                                  std::size_t j, std::size_t stride, Crossings& all) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  const std::size_t n = hn::Lanes(d);
  VU first, second;
  philox_row(du, key, pair.number, static_cast<std::uint32_t>(j / 2), first, second);
  collect_vector(d, c, bounds, j, first, pair.parent1, pair.parent2, pair.child1, pair.child2, all);
  if (j + n < stride)
    collect_vector(d, c, bounds, j + n, second, pair.parent1, pair.parent2, pair.child1, pair.child2, all);
  if (all.count >= Crossings::kFull) cross_all(c, all);
}

/// Pairs side by side, a few variables of all of them before the next: whether bounds are far away depends on the
/// variable more than on the pair, and a vector of far bounds alone is spared most of its powers.
HWY_INLINE void collect_pairs(const SbxConstants& c, const Bounds& bounds, const CrossingPair* pairs, std::size_t count,
                              StreamKey key, Crossings& all) {
  const std::size_t stride = round_up(bounds.variables(), kAlignment / sizeof(double));
  for (std::size_t j = 0; j < stride; j += 2 * hn::Lanes(D()))
    for (std::size_t i = 0; i < count; ++i) collect_variables(c, bounds, pairs[i], key, j, stride, all);
}

HWY_INLINE void copy_pair(std::size_t variables, const double* parent1, const double* parent2, double* child1,
                          double* child2) {
  const std::size_t stride = round_up(variables, kAlignment / sizeof(double));
  std::copy(parent1, parent1 + stride, child1);
  if (child2 != nullptr) std::copy(parent2, parent2 + stride, child2);
}

HWY_INLINE bool pair_crosses(const SbxOptions& options, GroupDraws& coins, std::size_t pair) {
  return options.probability >= 1.0 || unit_double(coins(pair)) < options.probability;
}

constexpr std::size_t kMostPairs = 32;

/// Pairs side by side whose rows stay in L1 together.
HWY_INLINE std::size_t pairs_at_once(std::size_t variables) {
  constexpr std::size_t kDoublesInL1 = 2048;
  return std::clamp<std::size_t>(kDoublesInL1 / (4 * std::max<std::size_t>(variables, 1)), 1, kMostPairs);
}

/// The beginning of a row, which lies anywhere, on its way into the cache before it is read.
HWY_INLINE void fetch(const double* row, std::size_t variables) {
  constexpr std::size_t kLine = kAlignment / sizeof(double);
  for (std::size_t j = 0; j < std::min(variables, 4 * kLine); j += kLine) hwy::Prefetch(row + j);
}

void sbx_range(const SbxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) {
  const SbxConstants constants(options);
  GroupDraws coins(key);
  Crossings crossings;
  const std::size_t at_once = pairs_at_once(bounds.variables());
  CrossingPair pairs[kMostPairs];
  std::size_t count = 0;
  for (std::size_t q = range.first; q < range.last; ++q) {
    const double* parent1 = mating.parent(2 * q);
    const double* parent2 = mating.parent(2 * q + 1);
    double* child1 = mating.child(2 * q);
    double* child2 = mating.child(2 * q + 1);
    if (!pair_crosses(options, coins, q)) {
      copy_pair(bounds.variables(), parent1, parent2, child1, child2);
      continue;
    }
    fetch(parent1, bounds.variables());
    fetch(parent2, bounds.variables());
    pairs[count++] = {parent1, parent2, child1, child2, static_cast<std::uint32_t>(q)};
    if (count < at_once) continue;
    collect_pairs(constants, bounds, pairs, count, key, crossings);
    count = 0;
  }
  collect_pairs(constants, bounds, pairs, count, key, crossings);
  cross_all(constants, crossings);
}

void sbx_pair(const SbxOptions& options, const Bounds& bounds, const double* parent1, const double* parent2,
              double* child1, double* child2, StreamKey key, std::uint32_t pair) {
  GroupDraws coins(key);
  if (!pair_crosses(options, coins, pair)) return copy_pair(bounds.variables(), parent1, parent2, child1, child2);
  const SbxConstants constants(options);
  Crossings crossings;
  const CrossingPair crossing{parent1, parent2, child1, child2, pair};
  collect_pairs(constants, bounds, &crossing, 1, key, crossings);
  cross_all(constants, crossings);
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(sbx_range);
HWY_EXPORT(sbx_pair);

std::string SbxOptions::error() const {
  if (!(probability >= 0.0 && probability <= 1.0))
    return fmt::format("sbx: probability is {}, but must be from 0 to 1", probability);
  if (!(eta >= 0.0 && eta <= 1e6)) return fmt::format("sbx: eta is {}, but must be from 0 to 1e6", eta);
  if (!(variable_probability >= 0.0 && variable_probability <= 1.0))
    return fmt::format("sbx: variable_probability is {}, but must be from 0 to 1", variable_probability);
  return {};
}

void sbx(const SbxOptions& options, const Bounds& bounds, const double* parent1, const double* parent2, double* child1,
         double* child2, StreamKey key, std::uint32_t pair) {
  HWY_DYNAMIC_DISPATCH(sbx_pair)(options, bounds, parent1, parent2, child1, child2, key, pair);
}

void sbx(const SbxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) {
  HWY_DYNAMIC_DISPATCH(sbx_range)(options, bounds, mating, key, range);
}

}  // namespace millrace
#endif
