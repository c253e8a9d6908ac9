// The balance of a block of individuals, for Highway kernels: include it below <hwy/highway.h>, once per target.
#if defined(MILLRACE_PARK_BALANCE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_PARK_BALANCE_INL_H_
#undef MILLRACE_PARK_BALANCE_INL_H_
#else
#define MILLRACE_PARK_BALANCE_INL_H_
#endif

#include <hwy/highway.h>

#include "engine/data/tile.hpp"
#include "problems/park/balance_columns.hpp"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;
using M = hn::Mask<D>;

/// One block: `lanes` individuals from lane `first` of the tile on, their columns in `work`.
struct Block {
  const ParkSystem& system;
  const BalanceColumns& columns;
  const Tile& tile;
  std::size_t first_gene;
  std::size_t first;
  std::size_t lanes;
  double* work;

  const ParkNetwork& network() const { return system.network; }
  std::size_t state() const { return 1 + system.network.contaminants; }
  /// Lanes [at, at + Lanes(d)) of a column of the block.
  double* column(std::size_t index, std::size_t at) const { return work + index * lanes + at; }
  V get(std::size_t index, std::size_t at) const { return hn::Load(D(), column(index, at)); }
  void set(std::size_t index, std::size_t at, V value) const { hn::Store(value, D(), column(index, at)); }
  V gene(std::size_t j, std::size_t at) const { return hn::Load(D(), tile.column(first_gene + j) + first + at); }
};

// A denominator below this is none: no amount of freshwater meets the limit, which is then violated.
constexpr double kLeastGap = 1e-9;
// Feedback from a linear network's recycle to itself loses this share, so that no loop closes without a way out.
constexpr double kLeak = 1e-9;
// The shape of the gaps in states before the balance is tested again.
constexpr std::size_t kSweepsBetweenTests = 4;

HWY_INLINE V beyond_dead_zone(V gene) {
  const D d;
  return hn::Max(hn::Zero(d), hn::Mul(hn::Sub(gene, hn::Set(d, kDeadZone)), hn::Set(d, 1.0 / (1.0 - kDeadZone))));
}

/// Shares of one group of genes, normalised; all of it to number `otherwise` where every gene is in the dead zone.
HWY_INLINE void decode_group(const Block& b, std::size_t at, std::uint32_t gene, std::size_t column, std::size_t count,
                             std::size_t otherwise) {
  const D d;
  if (gene == kNone) {
    if (count == 1) b.set(column, at, hn::Set(d, 1.0));
    return;
  }
  V sum = hn::Zero(d);
  for (std::size_t i = 0; i < count; ++i) {
    const V weight = beyond_dead_zone(b.gene(gene + i, at));
    b.set(column + i, at, weight);
    sum = hn::Add(sum, weight);
  }
  const M some = hn::Gt(sum, hn::Zero(d));
  const V inverse = hn::IfThenElseZero(some, hn::Div(hn::Set(d, 1.0), hn::IfThenElse(some, sum, hn::Set(d, 1.0))));
  for (std::size_t i = 0; i < count; ++i) {
    const V share = hn::Mul(b.get(column + i, at), inverse);
    b.set(column + i, at, i == otherwise ? hn::IfThenElse(some, share, hn::Set(d, 1.0)) : share);
  }
}

/// Arcs into a treatment that is switched off get nothing.
HWY_INLINE void switch_off(const Block& b, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  for (std::size_t t = 0; t < network.switch_gene.size(); ++t) {
    if (network.switch_gene[t] == kNone) continue;
    const M on = hn::Ge(b.gene(network.switch_gene[t], at), hn::Set(d, 0.5));
    for (const std::uint32_t a : network.into(b.system.park.treatment_node(t)))
      b.set(b.columns.share + a, at, hn::IfThenElseZero(on, b.get(b.columns.share + a, at)));
  }
  for (std::size_t p = 0; p < network.ports(); ++p) {
    const std::size_t last = network.first_arc[p + 1] - 1;
    V sum = hn::Zero(d);
    for (std::size_t a = network.first_arc[p]; a <= last; ++a) sum = hn::Add(sum, b.get(b.columns.share + a, at));
    const M some = hn::Gt(sum, hn::Zero(d));
    const V inverse = hn::Div(hn::Set(d, 1.0), hn::IfThenElse(some, sum, hn::Set(d, 1.0)));
    for (std::size_t a = network.first_arc[p]; a <= last; ++a)
      b.set(b.columns.share + a, at, hn::Mul(b.get(b.columns.share + a, at), inverse));
    const V rest = b.get(b.columns.share + last, at);
    b.set(b.columns.share + last, at, hn::IfThenElse(some, rest, hn::Set(d, 1.0)));
  }
}

/// What the freshwater mix of a node leaves below its limits.
HWY_INLINE void decode_mix(const Block& b, std::size_t at, std::size_t n) {
  const D d;
  const ParkNetwork& network = b.network();
  const ParkCase& park = b.system.park;
  const std::size_t count = network.first_fresh[n + 1] - network.first_fresh[n];
  const std::size_t shares = b.columns.fresh_share + network.first_fresh[n];
  decode_group(b, at, network.mix_gene[n], shares, count, 0);
  const std::size_t conc = b.columns.fresh_conc + n * network.contaminants;
  for (std::size_t k = 0; k < network.contaminants; ++k) {
    V mixed = hn::Zero(d);
    for (std::size_t i = 0; i < count; ++i) {
      const auto w = network.fresh_arcs[network.first_fresh[n] + i].freshwater;
      mixed = hn::MulAdd(b.get(shares + i, at), hn::Set(d, park.freshwater[w].conc[k]), mixed);
    }
    b.set(conc + k, at, mixed);
  }
  const ParkConsumer& consumer = network.consumers[n];
  const auto invert = [&](const std::vector<ParkLimit>& limits, std::size_t column, double flow,
                          double closed) HWY_ATTR {
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const V gap = hn::Sub(hn::Set(d, limits[i].most), b.get(conc + limits[i].contaminant, at));
      const M open = hn::Gt(gap, hn::Set(d, kLeastGap * limits[i].scale));
      const V inverse = hn::Div(hn::Set(d, 1.0 / flow), hn::IfThenElse(open, gap, hn::Set(d, 1.0)));
      b.set(column + i, at, hn::IfThenElse(open, inverse, hn::Set(d, closed)));
    }
  };
  // Without freshwater nothing is diluted: a free unit takes what comes, a fixed one what it can.
  const bool dilutes = count > 0;
  const bool fixed = consumer.fixed;
  invert(network.inlet_limits[n], b.columns.inlet_inverse[n], fixed && consumer.flow > 0.0 ? consumer.flow : 1.0,
         fixed ? 1e300 : 0.0);
  if (n < network.outlet_limits.size()) invert(network.outlet_limits[n], b.columns.outlet_inverse[n], 1.0, 0.0);
  if (!dilutes && !fixed) {
    for (std::size_t i = 0; i < network.inlet_limits[n].size(); ++i)
      b.set(b.columns.inlet_inverse[n] + i, at, hn::Zero(d));
  }
}

HWY_INLINE void decode(const Block& b, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  const ParkCase& park = b.system.park;
  for (std::size_t p = 0; p < network.ports(); ++p) {
    const std::size_t count = network.first_arc[p + 1] - network.first_arc[p];
    decode_group(b, at, network.split_gene[p], b.columns.share + network.first_arc[p], count, count - 1);
  }
  bool switches = false;
  for (const std::uint32_t gene : network.switch_gene) switches = switches || gene != kNone;
  if (switches) switch_off(b, at);
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    decode_mix(b, at, n);
    const V extra = network.over_gene[n] == kNone ? hn::Zero(d)
                                                  : hn::Mul(beyond_dead_zone(b.gene(network.over_gene[n], at)),
                                                            hn::Set(d, network.consumers[n].over_fill));
    b.set(b.columns.over_fill + n, at, extra);
  }
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const std::size_t split = b.columns.split + t * b.state();
    b.set(split, at, hn::Set(d, park.treatments[t].recovery));
    for (std::size_t k = 0; k < network.contaminants; ++k)
      b.set(split + 1 + k, at, hn::Set(d, park.treatments[t].kept[k]));
  }
  for (std::size_t c = 0; c < network.ports() * b.state(); ++c) b.set(b.columns.port + c, at, hn::Zero(d));
  for (std::size_t s = 0; s < park.sources.size(); ++s) {
    const std::size_t port = b.columns.port + s * b.state();
    b.set(port, at, hn::Set(d, park.sources[s].flow));
    for (std::size_t k = 0; k < network.contaminants; ++k)
      b.set(port + 1 + k, at, hn::Set(d, park.sources[s].flow * park.sources[s].conc[k]));
  }
  b.set(b.columns.done, at, hn::Zero(d));
  b.set(b.columns.change, at, hn::Zero(d));
  b.set(b.columns.sweeps, at, hn::Zero(d));
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
