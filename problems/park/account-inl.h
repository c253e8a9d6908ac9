// Objectives and constraints of a balanced block, for Highway kernels: include it below sweep-inl.h, once per target.
#if defined(MILLRACE_PARK_ACCOUNT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_PARK_ACCOUNT_INL_H_
#undef MILLRACE_PARK_ACCOUNT_INL_H_
#else
#define MILLRACE_PARK_ACCOUNT_INL_H_
#endif

#include <cmath>

#include "problems/park/sweep-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

// A loop that has not come to rest is further from it than its last change: counted a thousandfold.
constexpr double kResidualWeight = 1e3;

HWY_INLINE V positive(V value) { return hn::Max(value, hn::Zero(D())); }

template <int K>
HWY_INLINE void put_inlet(const Block& b, std::size_t n, std::size_t at, const State<K>& state) {
  const std::size_t count = contaminants_of<K>(b);
  const std::size_t column = b.columns.inlet + n * (1 + count);
  b.set(column, at, state.flow);
  for (std::size_t k = 0; k < count; ++k) b.set(column + 1 + k, at, state.load[k]);
}

/// Adds `share` of what the port of an arc gives it to the discharge that takes what the arc's consumer does not; what
/// has none is returned.
template <int K>
HWY_INLINE V spill(const Block& b, std::size_t arc, std::size_t at, V share) {
  const D d;
  const ParkNetwork& network = b.network();
  const std::size_t count = contaminants_of<K>(b);
  const std::uint32_t port = network.arcs[arc].port;
  const std::size_t from = b.columns.done_port + port * (1 + count);
  const V part = hn::Mul(share, b.get(b.columns.share + arc, at));
  if (network.spill_arc[port] == kNone) return hn::Mul(part, b.get(from, at));
  const std::size_t to = b.columns.inlet + network.arcs[network.spill_arc[port]].node * (1 + count);
  for (std::size_t c = 0; c <= count; ++c) b.set(to + c, at, hn::MulAdd(part, b.get(from + c, at), b.get(to + c, at)));
  return hn::Zero(d);
}

/// Inlets of processes and demands, the freshwater they take, and what they leave to the discharges.
template <int K>
HWY_INLINE void account_consumer(const Block& b, std::size_t n, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  State<K> state = arriving<K>(b, b.columns.done_port, n, at);
  V taken;
  const V fresh = fill<K>(b, n, at, state, taken);
  put_inlet<K>(b, n, at, state);
  b.set(b.columns.fresh + n, at, fresh);
  b.set(b.columns.taken + n, at, taken);
  V stranded = hn::Zero(d);
  if (network.consumers[n].fixed)
    for (const std::uint32_t a : network.into(n))
      stranded = hn::Add(stranded, spill<K>(b, a, at, hn::Sub(hn::Set(d, 1.0), taken)));
  b.set(b.columns.stranded + n, at, stranded);
}

template <int K>
HWY_INLINE void add_freshwater(const Block& b, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  for (std::size_t w = 0; w < b.system.park.freshwater.size(); ++w) b.set(b.columns.fresh_total + w, at, hn::Zero(d));
  for (std::size_t n = 0; n < network.nodes(); ++n)
    for (std::size_t a = network.first_fresh[n]; a < network.first_fresh[n + 1]; ++a) {
      const std::size_t total = b.columns.fresh_total + network.fresh_arcs[a].freshwater;
      b.set(total, at,
            hn::MulAdd(b.get(b.columns.fresh_share + a, at), b.get(b.columns.fresh + n, at), b.get(total, at)));
    }
}

/// Inlet states of all nodes from the states of ports.
template <int K>
HWY_NOINLINE void account_inlets(const Block& b, std::size_t at) {
  const D d;
  const ParkCase& park = b.system.park;
  const ParkNetwork& network = b.network();
  const std::size_t count = contaminants_of<K>(b);
  for (std::size_t e = 0; e < park.discharges.size(); ++e)
    for (std::size_t c = 0; c <= count; ++c)
      b.set(b.columns.inlet + park.discharge_node(e) * (1 + count) + c, at, hn::Zero(d));
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    const ParkNode::Kind kind = park.nodes[n].kind;
    if (kind == ParkNode::Kind::process || kind == ParkNode::Kind::demand) {
      account_consumer<K>(b, n, at);
    } else if (kind == ParkNode::Kind::treatment) {
      put_inlet<K>(b, n, at, entering<K>(b, b.columns.done_port, n, at));
      b.set(b.columns.fresh + n, at, b.get(b.columns.over_fill + n, at));
    } else {
      const State<K> state = arriving<K>(b, b.columns.done_port, n, at);
      const std::size_t inlet = b.columns.inlet + n * (1 + count);
      b.set(inlet, at, hn::Add(b.get(inlet, at), state.flow));
      for (std::size_t k = 0; k < count; ++k)
        b.set(inlet + 1 + k, at, hn::Add(b.get(inlet + 1 + k, at), state.load[k]));
      b.set(b.columns.fresh + n, at, hn::Zero(d));
    }
  }
  add_freshwater<K>(b, at);
}

/// Excesses over limits: their sum where there are any, else the largest (how much room is left).
class Excess {
 public:
  HWY_INLINE Excess() : sum_(hn::Zero(D())), most_(hn::Set(D(), -1.0)) {}
  HWY_INLINE void add(V excess) {
    sum_ = hn::Add(sum_, positive(excess));
    most_ = hn::Max(most_, excess);
  }
  HWY_INLINE V value() const { return hn::IfThenElse(hn::Gt(most_, hn::Zero(D())), sum_, most_); }

 private:
  V sum_;
  V most_;
};

/// (load - most * flow) / (scale * max(flow, 1)): only the excess is divided, so that a trickle keeps its limits.
HWY_INLINE void add_limits(const Block& b, const std::vector<ParkLimit>& limits, V flow, std::size_t loads,
                           std::size_t at, const ByContaminant* more, Excess& excess) {
  const D d;
  const V size = hn::Max(flow, hn::Set(d, 1.0));
  for (const ParkLimit& limit : limits) {
    V load = b.get(loads + limit.contaminant, at);
    if (more != nullptr) load = hn::Add(load, hn::Set(d, (*more)[limit.contaminant]));
    const V over = hn::NegMulAdd(hn::Set(d, limit.most), flow, load);
    excess.add(hn::Div(over, hn::Mul(hn::Set(d, limit.scale), size)));
  }
}

HWY_INLINE V quality_excess(const Block& b, std::size_t n, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  const ParkNode& node = b.system.park.nodes[n];
  const ParkConsumer& consumer = network.consumers[n];
  const std::size_t inlet = b.columns.inlet + n * b.state();
  const V flow = b.get(inlet, at);
  Excess excess;
  add_limits(b, network.inlet_limits[n], flow, inlet + 1, at, nullptr, excess);
  if (node.kind == ParkNode::Kind::process) {
    const V outflow = positive(hn::Sub(flow, hn::Set(d, consumer.loss)));
    add_limits(b, network.outlet_limits[n], outflow, inlet + 1, at, &consumer.load, excess);
    // What a unit that nothing fills must have, it may lack.
    const double least = consumer.loss + consumer.least_outflow;
    if (!consumer.fixed && least > 0.0) excess.add(hn::Mul(hn::Sub(hn::Set(d, least), flow), hn::Set(d, 1.0 / least)));
  }
  if (node.kind == ParkNode::Kind::discharge) {
    const ByContaminant& most = b.system.park.discharges[node.owner].loadmax;
    for (std::size_t k = 0; k < most.size(); ++k)
      if (std::isfinite(most[k]))
        excess.add(
            hn::Div(hn::Sub(b.get(inlet + 1 + k, at), hn::Set(d, most[k])), hn::Set(d, std::fmax(most[k], 1e-6))));
  }
  if (consumer.fixed && consumer.flow > 0.0) {
    const V size = hn::Set(d, 1.0 / consumer.flow);
    excess.add(hn::Mul(b.get(b.columns.stranded + n, at), size));
    // Without freshwater, what is filled up is not there.
    if (network.first_fresh[n] == network.first_fresh[n + 1]) excess.add(hn::Mul(b.get(b.columns.fresh + n, at), size));
  }
  return excess.value();
}

HWY_INLINE V constraint_value(const Block& b, const ParkConstraint& constraint, std::size_t at) {
  const D d;
  const ParkCase& park = b.system.park;
  const std::size_t i = constraint.index;
  const V one = hn::Set(d, 1.0);
  switch (constraint.kind) {
    case ParkConstraint::Kind::quality: return quality_excess(b, i, at);
    case ParkConstraint::Kind::capacity: {
      const ParkNode& node = park.nodes[i];
      const double most = node.kind == ParkNode::Kind::process ? park.processes[node.owner].flow_max
                                                               : park.treatments[node.owner].flow_max;
      const V flow = b.get(b.columns.inlet + i * b.state(), at);
      return hn::Mul(hn::Sub(flow, hn::Set(d, most)), hn::Set(d, 1.0 / std::fmax(most, 1e-9)));
    }
    case ParkConstraint::Kind::least_flow: {
      const double least = park.treatments[i].flow_min;
      const V flow = b.get(b.columns.inlet + park.treatment_node(i) * b.state(), at);
      const std::uint32_t gene = b.network().switch_gene[i];
      const M on = gene == kNone ? hn::Gt(flow, hn::Set(d, 1e-9)) : hn::Ge(b.gene(gene, at), hn::Set(d, 0.5));
      const V lack = hn::Mul(hn::Sub(hn::Set(d, least), flow), hn::Set(d, 1.0 / least));
      return hn::IfThenElse(on, lack, hn::Neg(one));
    }
    case ParkConstraint::Kind::supply: {
      const double most = park.freshwater[i].max;
      const V excess = hn::Sub(b.get(b.columns.fresh_total + i, at), hn::Set(d, most));
      return hn::Mul(excess, hn::Set(d, 1.0 / std::fmax(most, 1e-9)));
    }
    case ParkConstraint::Kind::extrapolation:
      return hn::Sub(b.get(b.columns.account + 3 * i + 2, at), hn::Set(d, kMostExtrapolation));
    case ParkConstraint::Kind::balance: break;
  }
  const V residual = b.get(b.columns.residual, at);
  const M rested = hn::Le(residual, hn::Set(d, kAtRest));
  return hn::IfThenElse(rested, hn::Neg(one), hn::Min(one, hn::Mul(residual, hn::Set(d, kResidualWeight))));
}

/// Sum of linear terms; powers and charges are added a lane at a time.
HWY_INLINE V linear_objective(const Block& b, const ParkObjectiveTerms& terms, std::size_t at) {
  const D d;
  const ParkCase& park = b.system.park;
  const std::size_t count = b.network().contaminants;
  V sum = hn::Zero(d);
  const auto add = [&](double factor, V value) HWY_ATTR {
    if (factor != 0.0) sum = hn::MulAdd(hn::Set(d, factor), value, sum);
  };
  for (std::size_t w = 0; w < terms.fresh.size(); ++w) add(terms.fresh[w], b.get(b.columns.fresh_total + w, at));
  for (std::size_t n = 0; n < terms.inflow.size(); ++n) {
    const std::size_t inlet = b.columns.inlet + n * (1 + count);
    add(terms.inflow[n], b.get(inlet, at));
    for (std::size_t k = 0; k < count; ++k) add(terms.load[n * count + k], b.get(inlet + 1 + k, at));
  }
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const std::size_t inlet = b.columns.inlet + park.treatment_node(t) * (1 + count);
    const V flow = b.get(inlet, at);
    for (std::size_t k = 0; k < count; ++k)
      if (terms.removed[t * count + k] != 0.0) {
        const V load = b.get(inlet + 1 + k, at);
        add(terms.removed[t * count + k],
            hn::NegMulAdd(load, b.get(b.columns.split + t * (1 + count) + 1 + k, at), load));
      }
    if (!b.system.models[t]) continue;
    add(terms.energy, hn::Mul(flow, b.get(b.columns.account + 3 * t, at)));
    add(terms.capital * park.treatments[t].cap_cost, hn::Mul(flow, b.get(b.columns.account + 3 * t + 1, at)));
  }
  return sum;
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
