#include "problems/urban/allocation_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/urban/repair_allocation.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using hn::Add;
using hn::Div;
using hn::Gt;
using hn::Max;
using hn::Min;
using hn::Mul;
using hn::Sub;

using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;

// Less than this share of a node's upper limit is rounding and is left alone, which keeps a repaired lane as it is.
constexpr double kRounding = 1e-12;
// A limit broken by more than this share needs the exact completion.
constexpr double kUnfinished = 1e-10;
// Even shares: each pass spreads what the full links of the pass before could not take; the rest goes by proportion.
constexpr int kEvenPasses = 3;

/// One vector of lanes of a tile. Amounts are never negative, and an amount of zero changes no bit: so a step may be
/// left out where no lane needs it, and the lanes cannot see each other.
class LaneBlock {
 public:
  LaneBlock(const AllocationNetwork& network, double* x, double* sums) : network_(network), x_(x), sums_(sums) {}

  void keep_in_bounds() {
    for (std::uint32_t l = 0; l < network_.links(); ++l) set_flow(l, Max(Min(flow(l), upper(l)), zero()));
  }

  void add_up() {
    for (std::uint32_t p = 0; p < network_.nodes(); ++p) {
      V total = zero();
      for (const std::uint32_t l : network_.links_of(p)) total = Add(total, flow(l));
      set_sum(p, total);
    }
  }

  void cut(std::uint32_t p) {
    V excess = worth_moving(p, Sub(sum(p), most(p)));
    if (none(excess)) return;
    for (int pass = 0; pass < kEvenPasses && !none(excess); ++pass) {
      V sharers = zero();
      for (const std::uint32_t l : network_.links_of(p)) sharers = Add(sharers, one_where_positive(flow(l)));
      const V share = Div(excess, Max(sharers, hn::Set(D(), 1.0)));
      for (const std::uint32_t l : network_.links_of(p)) excess = Sub(excess, lower(p, l, Min(flow(l), share)));
      excess = worth_moving(p, excess);
    }
    if (none(excess)) return;
    const V part = Min(Div(excess, Max(sum(p), hn::Set(D(), 1e-300))), hn::Set(D(), 1.0));
    for (const std::uint32_t l : network_.links_of(p)) lower(p, l, Mul(part, flow(l)));
  }

  void fill(std::uint32_t p) {
    V lack = lack_of(p);
    if (none(lack)) return;
    for (int pass = 0; pass < kEvenPasses && !none(lack); ++pass) {
      V sharers = zero();
      for (const std::uint32_t l : network_.links_of(p)) sharers = Add(sharers, one_where_positive(room(p, l)));
      const V share = Div(lack, Max(sharers, hn::Set(D(), 1.0)));
      for (const std::uint32_t l : network_.links_of(p)) lack = Sub(lack, raise(p, l, Min(room(p, l), share)));
      lack = worth_moving(p, lack);
    }
    if (none(lack)) return;
    V total = zero();
    for (const std::uint32_t l : network_.links_of(p)) total = Add(total, room(p, l));
    const V part = Min(Div(lack, Max(total, hn::Set(D(), 1e-300))), hn::Set(D(), 1.0));
    for (const std::uint32_t l : network_.links_of(p)) raise(p, l, Mul(part, room(p, l)));
  }

  /// Raises a link of p and lowers another link of the same other end, at the cost of a node that can spare it.
  void fill_by_taking(std::uint32_t p) {
    if (none(lack_of(p))) return;
    for (const std::uint32_t l : network_.links_of(p)) {
      const std::uint32_t q = network_.other_end(l, p);
      for (const std::uint32_t m : network_.links_of(q)) {
        if (m == l) continue;
        const std::uint32_t r = network_.other_end(m, q);
        const V spare = Max(Sub(sum(r), least(r)), zero());
        const V amount = Min(Min(lack_of(p), link_room(l)), Min(flow(m), spare));
        raise(p, l, amount);
        lower(r, m, amount);
      }
    }
  }

  /// As above, where the other node r makes up for it on a link to an end s that has slack.
  void fill_by_exchange(std::uint32_t p) {
    if (none(lack_of(p))) return;
    for (const std::uint32_t l : network_.links_of(p)) {
      const std::uint32_t q = network_.other_end(l, p);
      for (const std::uint32_t m : network_.links_of(q))
        if (m != l) exchange(p, l, m);
    }
  }

  V unfinished() const {
    V broken = zero();
    for (std::uint32_t p = 0; p < network_.nodes(); ++p) {
      const V beyond = Max(Sub(sum(p), most(p)), Sub(least(p), sum(p)));
      const auto bad = Gt(beyond, Mul(hn::Set(D(), kUnfinished), most(p)));
      broken = hn::IfThenElse(bad, hn::Set(D(), 1.0), broken);
    }
    return broken;
  }

 private:
  void exchange(std::uint32_t p, std::uint32_t l, std::uint32_t m) {
    const std::uint32_t r = network_.other_end(m, network_.other_end(l, p));
    for (const std::uint32_t n : network_.links_of(r)) {
      if (n == m) continue;
      const V amount = Min(Min(lack_of(p), link_room(l)), Min(flow(m), room(r, n)));
      if (none(amount)) continue;
      raise(p, l, amount);
      lower(r, m, amount);
      raise(r, n, amount);
    }
  }

  static V zero() { return hn::Zero(D()); }
  static bool none(V amount) { return hn::AllFalse(D(), Gt(amount, zero())); }
  static V one_where_positive(V v) { return hn::IfThenElseZero(Gt(v, zero()), hn::Set(D(), 1.0)); }

  V flow(std::uint32_t l) const { return hn::Load(D(), x_ + l * kLanes); }
  void set_flow(std::uint32_t l, V value) { hn::Store(value, D(), x_ + l * kLanes); }
  V sum(std::uint32_t p) const { return hn::Load(D(), sums_ + p * kLanes); }
  void set_sum(std::uint32_t p, V value) { hn::Store(value, D(), sums_ + p * kLanes); }
  V upper(std::uint32_t l) const { return hn::Set(D(), network_.link_upper[l]); }
  V most(std::uint32_t p) const { return hn::Set(D(), network_.most[p]); }
  V least(std::uint32_t p) const { return hn::Set(D(), network_.least[p]); }

  V worth_moving(std::uint32_t p, V amount) const {
    return hn::IfThenElseZero(Gt(amount, Mul(hn::Set(D(), kRounding), most(p))), amount);
  }
  V lack_of(std::uint32_t p) const { return worth_moving(p, Sub(least(p), sum(p))); }
  V link_room(std::uint32_t l) const { return Max(Sub(upper(l), flow(l)), zero()); }
  /// How much link l can bring p without breaking an upper limit.
  V room(std::uint32_t p, std::uint32_t l) const {
    const std::uint32_t q = network_.other_end(l, p);
    return Min(link_room(l), Max(Sub(most(q), sum(q)), zero()));
  }

  V raise(std::uint32_t p, std::uint32_t l, V amount) {
    const std::uint32_t q = network_.other_end(l, p);
    set_flow(l, Min(Add(flow(l), amount), upper(l)));
    set_sum(p, Add(sum(p), amount));
    set_sum(q, Add(sum(q), amount));
    return amount;
  }
  V lower(std::uint32_t p, std::uint32_t l, V amount) {
    const std::uint32_t q = network_.other_end(l, p);
    set_flow(l, Max(Sub(flow(l), amount), zero()));
    set_sum(p, Sub(sum(p), amount));
    set_sum(q, Sub(sum(q), amount));
    return amount;
  }

  const AllocationNetwork& network_;
  double* x_;
  double* sums_;
};

void repair(const AllocationNetwork& network, Tile& tile, double* sums, double* unfinished) {
  const D tag;
  const auto nodes = static_cast<std::uint32_t>(network.nodes());
  for (std::size_t lane = 0; lane < tile.count(); lane += hn::Lanes(tag)) {
    LaneBlock block(network, tile.column(0) + lane, sums + lane);
    block.keep_in_bounds();
    block.add_up();
    for (std::uint32_t p = 0; p < nodes; ++p) block.cut(p);
    for (std::uint32_t p = 0; p < nodes; ++p) block.fill(p);
    for (std::uint32_t p = 0; p < nodes; ++p) block.fill_by_taking(p);
    for (std::uint32_t p = 0; p < nodes; ++p) block.fill_by_exchange(p);
    block.add_up();
    hn::Store(block.unfinished(), tag, unfinished + lane);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(repair);

void repair_allocation(const AllocationNetwork& network, Tile& tile, double* sums, double* unfinished) {
  HWY_DYNAMIC_DISPATCH(repair)(network, tile, sums, unfinished);
}

}  // namespace millrace
#endif
