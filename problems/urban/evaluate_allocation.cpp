#include "problems/urban/allocation_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/urban/evaluate_allocation.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;

// A column of 64 lanes is walked in strips of four vectors, so that four independent sums hide the latency of one.
struct Strip {
  V a, b, c, d;
};

HWY_INLINE Strip load(const double* from) {
  const D tag;
  const std::size_t n = hn::Lanes(tag);
  return {hn::Load(tag, from), hn::Load(tag, from + n), hn::Load(tag, from + 2 * n), hn::Load(tag, from + 3 * n)};
}

HWY_INLINE void store(const Strip& s, double* to) {
  const D tag;
  const std::size_t n = hn::Lanes(tag);
  hn::Store(s.a, tag, to);
  hn::Store(s.b, tag, to + n);
  hn::Store(s.c, tag, to + 2 * n);
  hn::Store(s.d, tag, to + 3 * n);
}

HWY_INLINE Strip filled(double value) {
  const V v = hn::Set(D(), value);
  return {v, v, v, v};
}

HWY_INLINE Strip sum(const Strip& s, const Strip& t) {
  return {hn::Add(s.a, t.a), hn::Add(s.b, t.b), hn::Add(s.c, t.c), hn::Add(s.d, t.d)};
}

HWY_INLINE Strip difference(const Strip& s, const Strip& t) {
  return {hn::Sub(s.a, t.a), hn::Sub(s.b, t.b), hn::Sub(s.c, t.c), hn::Sub(s.d, t.d)};
}

// Multiplication and addition apart, not fused: an SSE4 machine then computes the same bits.
HWY_INLINE Strip plus_product(const Strip& total, double factor, const Strip& s) {
  const V f = hn::Set(D(), factor);
  return {hn::Add(total.a, hn::Mul(f, s.a)), hn::Add(total.b, hn::Mul(f, s.b)), hn::Add(total.c, hn::Mul(f, s.c)),
          hn::Add(total.d, hn::Mul(f, s.d))};
}

HWY_INLINE Strip positive_part(const Strip& s) {
  const V zero = hn::Zero(D());
  return {hn::Max(s.a, zero), hn::Max(s.b, zero), hn::Max(s.c, zero), hn::Max(s.d, zero)};
}

HWY_INLINE void sum_nodes(const AllocationNetwork& network, const double* x, double* sums) {
  for (std::size_t p = 0; p < network.nodes(); ++p) {
    const std::uint32_t* link = network.node_links.data() + network.node_first[p];
    const std::uint32_t* const end = network.node_links.data() + network.node_first[p + 1];
    Strip total = filled(0.0);
    for (; link != end; ++link) total = sum(total, load(x + *link * kLanes));
    store(total, sums + p * kLanes);
  }
}

HWY_INLINE Strip objective_value(const ObjectiveForm& form, const double* x, const double* sums) {
  Strip total = filled(form.constant);
  for (const auto& term : form.nodes) total = plus_product(total, term.coefficient, load(sums + term.index * kLanes));
  for (const auto& term : form.links) total = plus_product(total, term.coefficient, load(x + term.index * kLanes));
  for (const auto& hinge : form.hinges) {
    const Strip lack = positive_part(difference(filled(hinge.target), load(sums + hinge.node * kLanes)));
    total = plus_product(total, hinge.weight, lack);
  }
  return total;
}

HWY_INLINE Strip limit_value(const NodeLimit& limit, const double* sums) {
  const Strip total = load(sums + limit.node * kLanes);
  const Strip bound = filled(limit.bound);
  return limit.upper ? difference(total, bound) : difference(bound, total);
}

void evaluate(const AllocationNetwork& network, std::span<const ObjectiveForm> objectives,
              std::span<const NodeLimit> limits, const Tile& tile, Outcome& outcome, double* sums) {
  const std::size_t strip = 4 * hn::Lanes(D());
  for (std::size_t lane = 0; lane < tile.count(); lane += strip) {
    const double* x = tile.column(0) + lane;
    sum_nodes(network, x, sums + lane);
    for (std::size_t k = 0; k < objectives.size(); ++k)
      store(objective_value(objectives[k], x, sums + lane), outcome.objective(k) + lane);
    for (std::size_t c = 0; c < limits.size(); ++c)
      store(limit_value(limits[c], sums + lane), outcome.constraint(c) + lane);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(evaluate);

void evaluate_allocation(const AllocationNetwork& network, std::span<const ObjectiveForm> objectives,
                         std::span<const NodeLimit> limits, const Tile& tile, Outcome& outcome, double* sums) {
  HWY_DYNAMIC_DISPATCH(evaluate)(network, objectives, limits, tile, outcome, sums);
}

}  // namespace millrace
#endif
