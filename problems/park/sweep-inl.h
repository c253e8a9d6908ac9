// Sweeps of the balance, for Highway kernels: include it below balance-inl.h, once per target.
#if defined(MILLRACE_PARK_SWEEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_PARK_SWEEP_INL_H_
#undef MILLRACE_PARK_SWEEP_INL_H_
#else
#define MILLRACE_PARK_SWEEP_INL_H_
#endif

#include "problems/park/balance-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

/// Flow and loads of one register of individuals. K contaminants; 0: as many as the case has.
template <int K>
struct State {
  V flow;
  V load[K > 0 ? K : static_cast<int>(kMostContaminants)];
};

template <int K>
HWY_INLINE std::size_t contaminants_of(const Block& b) {
  return K > 0 ? static_cast<std::size_t>(K) : b.system.network.contaminants;
}

/// What arrives at a node from ports, as they are at columns `port`.
template <int K>
HWY_INLINE State<K> arriving(const Block& b, std::size_t port, std::size_t n, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  const std::size_t count = contaminants_of<K>(b);
  State<K> sum;
  sum.flow = hn::Zero(d);
  for (std::size_t k = 0; k < count; ++k) sum.load[k] = hn::Zero(d);
  for (const std::uint32_t a : network.into(n)) {
    const V share = b.get(b.columns.share + a, at);
    const std::size_t from = port + network.arcs[a].port * (1 + count);
    sum.flow = hn::MulAdd(share, b.get(from, at), sum.flow);
    for (std::size_t k = 0; k < count; ++k) sum.load[k] = hn::MulAdd(share, b.get(from + 1 + k, at), sum.load[k]);
  }
  return sum;
}

/// Writes the state of a port and, where Test, notes how much it changed.
template <int K, bool Test>
HWY_INLINE void put(const Block& b, std::size_t port, std::size_t at, V flow, const V* load) {
  const D d;
  const std::size_t count = contaminants_of<K>(b);
  const std::size_t column = b.columns.port + port * (1 + count);
  if (Test) {
    const auto relative = [&](V now, std::size_t c, double floor) HWY_ATTR {
      const V before = b.get(c, at);
      return hn::Div(hn::Abs(hn::Sub(now, before)), hn::Add(hn::Abs(now), hn::Set(d, floor)));
    };
    V change = hn::Max(b.get(b.columns.change, at), relative(flow, column, b.network().flow_floor));
    for (std::size_t k = 0; k < count; ++k)
      change = hn::Max(change, relative(load[k], column + 1 + k, b.network().load_floor[k]));
    b.set(b.columns.change, at, change);
  }
  b.set(column, at, flow);
  for (std::size_t k = 0; k < count; ++k) b.set(column + 1 + k, at, load[k]);
}

/// The least freshwater that meets the flow, inlet and outlet limits of a free unit or tower; all are linear in it.
template <int K>
HWY_INLINE V least_fill(const Block& b, std::size_t n, std::size_t at, const State<K>& reuse) {
  const D d;
  const ParkNetwork& network = b.network();
  const ParkConsumer& unit = network.consumers[n];
  if (network.first_fresh[n] == network.first_fresh[n + 1]) return hn::Zero(d);
  V fill = hn::Max(hn::Zero(d), hn::Sub(hn::Set(d, unit.loss + unit.least_outflow), reuse.flow));
  const auto& inlet = network.inlet_limits[n];
  for (std::size_t i = 0; i < inlet.size(); ++i) {
    const V excess = hn::NegMulAdd(hn::Set(d, inlet[i].most), reuse.flow, reuse.load[inlet[i].contaminant]);
    fill = hn::Max(fill, hn::Mul(excess, b.get(b.columns.inlet_inverse[n] + i, at)));
  }
  const auto& outlet = network.outlet_limits[n];
  const V rest = hn::Sub(reuse.flow, hn::Set(d, unit.loss));
  for (std::size_t i = 0; i < outlet.size(); ++i) {
    const auto k = outlet[i].contaminant;
    const V excess = hn::NegMulAdd(hn::Set(d, outlet[i].most), rest, hn::Add(reuse.load[k], hn::Set(d, unit.load[k])));
    fill = hn::Max(fill, hn::Mul(excess, b.get(b.columns.outlet_inverse[n] + i, at)));
  }
  return hn::Min(fill, hn::Set(d, network.fill_cap));
}

/// The share of the reuse that a fixed consumer can take: no more than its flow, and no worse than it may be once
/// freshwater has filled the flow up.
template <int K>
HWY_INLINE V share_taken(const Block& b, std::size_t n, std::size_t at, const State<K>& reuse) {
  const D d;
  const ParkNetwork& network = b.network();
  const double flow = network.consumers[n].flow;
  V most = hn::Max(hn::Set(d, 1.0), hn::Mul(reuse.flow, hn::Set(d, flow > 0.0 ? 1.0 / flow : 1e300)));
  const auto& limits = network.inlet_limits[n];
  const std::size_t conc = b.columns.fresh_conc + n * network.contaminants;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const auto k = limits[i].contaminant;
    const V excess = hn::NegMulAdd(b.get(conc + k, at), reuse.flow, reuse.load[k]);
    most = hn::Max(most, hn::Mul(excess, b.get(b.columns.inlet_inverse[n] + i, at)));
  }
  return hn::Div(hn::Set(d, 1.0), most);
}

/// Turns what arrives at a process or demand into what enters it; returns the freshwater and sets the share of reuse
/// that is taken.
template <int K>
HWY_INLINE V fill(const Block& b, std::size_t n, std::size_t at, State<K>& state, V& taken) {
  const D d;
  const ParkConsumer& unit = b.network().consumers[n];
  V fresh;
  if (unit.fixed) {
    taken = share_taken<K>(b, n, at, state);
    fresh = hn::Max(hn::Zero(d), hn::NegMulAdd(taken, state.flow, hn::Set(d, unit.flow)));
    state.flow = hn::Set(d, unit.flow);
  } else {
    taken = hn::Set(d, 1.0);
    fresh = hn::Add(least_fill<K>(b, n, at, state), b.get(b.columns.over_fill + n, at));
    state.flow = hn::Add(state.flow, fresh);
  }
  const std::size_t count = contaminants_of<K>(b);
  const std::size_t conc = b.columns.fresh_conc + n * count;
  for (std::size_t k = 0; k < count; ++k)
    state.load[k] = hn::MulAdd(fresh, b.get(conc + k, at), hn::Mul(taken, state.load[k]));
  return fresh;
}

template <int K, bool Test>
HWY_INLINE void pass_process(const Block& b, std::size_t p, std::size_t at) {
  const D d;
  const ParkConsumer& unit = b.network().consumers[p];
  State<K> state = arriving<K>(b, b.columns.port, p, at);
  V taken;
  fill<K>(b, p, at, state, taken);
  for (std::size_t k = 0; k < contaminants_of<K>(b); ++k)
    state.load[k] = hn::Add(state.load[k], hn::Set(d, unit.load[k]));
  const V flow = hn::Max(hn::Zero(d), hn::Sub(state.flow, hn::Set(d, unit.loss)));
  put<K, Test>(b, b.system.park.process_port(p), at, flow, state.load);
}

/// Inlet state of a treatment, freshwater that genes add included.
template <int K>
HWY_INLINE State<K> entering(const Block& b, std::size_t port, std::size_t n, std::size_t at) {
  State<K> state = arriving<K>(b, port, n, at);
  if (b.network().over_gene[n] == kNone) return state;
  const V extra = b.get(b.columns.over_fill + n, at);
  const std::size_t count = contaminants_of<K>(b);
  state.flow = hn::Add(state.flow, extra);
  for (std::size_t k = 0; k < count; ++k)
    state.load[k] = hn::MulAdd(extra, b.get(b.columns.fresh_conc + n * count + k, at), state.load[k]);
  return state;
}

template <int K, bool Test>
HWY_INLINE void divide(const Block& b, std::size_t t, std::size_t at, const State<K>& state) {
  const ParkNetwork& network = b.network();
  const std::size_t count = contaminants_of<K>(b);
  const std::size_t split = b.columns.split + t * (1 + count);
  const V recovery = b.get(split, at);
  V product[K > 0 ? K : static_cast<int>(kMostContaminants)];
  V reject[K > 0 ? K : static_cast<int>(kMostContaminants)];
  for (std::size_t k = 0; k < count; ++k) {
    product[k] = hn::Mul(state.load[k], b.get(split + 1 + k, at));
    reject[k] = hn::Sub(state.load[k], product[k]);
  }
  const V flow = hn::Mul(state.flow, recovery);
  put<K, Test>(b, network.product_port[t], at, flow, product);
  if (network.reject_port[t] != kNone) put<K, Test>(b, network.reject_port[t], at, hn::Sub(state.flow, flow), reject);
}

/// The feed of a unit with a model as its columns want it, for one register: flow at the node's inlet, concentrations.
template <int K>
HWY_INLINE void put_feed(const Block& b, std::size_t n, std::size_t at, const State<K>& state) {
  const D d;
  const std::size_t count = contaminants_of<K>(b);
  const M flows = hn::Gt(state.flow, hn::Set(d, 1e-9));
  const V inverse = hn::Div(hn::Set(d, 1.0), hn::IfThenElse(flows, state.flow, hn::Set(d, 1.0)));
  b.set(b.columns.inlet + n * (1 + count), at, state.flow);
  for (std::size_t k = 0; k < count; ++k) {
    b.set(b.columns.inlet + n * (1 + count) + 1 + k, at, state.load[k]);
    b.set(b.columns.feed + k, at, hn::IfThenElseZero(flows, hn::Mul(state.load[k], inverse)));
  }
}

/// A treatment with a model: only whole tiles come here.
template <int K, bool Test>
HWY_INLINE void pass_modelled(const Block& b, std::size_t t) {
  const std::size_t n = b.system.park.treatment_node(t);
  const std::size_t step = hn::Lanes(D());
  const std::size_t count = contaminants_of<K>(b);
  const std::size_t inlet = b.columns.inlet + n * (1 + count);
  for (std::size_t at = 0; at < b.lanes; at += step) put_feed<K>(b, n, at, entering<K>(b, b.columns.port, n, at));
  const std::size_t split = b.columns.split + t * (1 + count);
  b.system.models[t]->split({b.column(inlet, 0), b.column(b.columns.feed, 0)}, b.column(b.columns.model_work[t], 0),
                            {b.column(split, 0), b.column(split + 1, 0)});
  for (std::size_t at = 0; at < b.lanes; at += step) {
    State<K> state;
    state.flow = b.get(inlet, at);
    for (std::size_t k = 0; k < count; ++k) state.load[k] = b.get(inlet + 1 + k, at);
    divide<K, Test>(b, t, at, state);
  }
}

template <int K, bool Test>
HWY_NOINLINE void sweep(const Block& b) {
  const std::size_t step = hn::Lanes(D());
  for (std::size_t at = 0; Test && at < b.lanes; at += step) b.set(b.columns.change, at, hn::Zero(D()));
  for (std::size_t p = 0; p < b.system.park.processes.size(); ++p)
    for (std::size_t at = 0; at < b.lanes; at += step) pass_process<K, Test>(b, p, at);
  for (std::size_t t = 0; t < b.system.park.treatments.size(); ++t) {
    if (b.system.models[t]) {
      pass_modelled<K, Test>(b, t);
      continue;
    }
    const std::size_t n = b.system.park.treatment_node(t);
    for (std::size_t at = 0; at < b.lanes; at += step) divide<K, Test>(b, t, at, entering<K>(b, b.columns.port, n, at));
  }
}

/// Keeps the state of lanes that have just come to rest, or of all where `last`. True where every lane is done.
HWY_INLINE bool settle(const Block& b, std::size_t sweeps, bool last) {
  const D d;
  bool all = true;
  const std::size_t columns = b.network().ports() * b.state();
  for (std::size_t at = 0; at < b.lanes; at += hn::Lanes(d)) {
    const M before = hn::Gt(b.get(b.columns.done, at), hn::Zero(d));
    const M rested = hn::Le(b.get(b.columns.change, at), hn::Set(d, b.system.rest));
    const M now = hn::AndNot(before, last ? hn::Not(before) : rested);
    if (!hn::AllFalse(d, now)) {
      for (std::size_t c = 0; c < columns; ++c)
        b.set(b.columns.done_port + c, at,
              hn::IfThenElse(now, b.get(b.columns.port + c, at), b.get(b.columns.done_port + c, at)));
      b.set(b.columns.done, at, hn::IfThenElse(now, hn::Set(d, 1.0), b.get(b.columns.done, at)));
      b.set(b.columns.residual, at, hn::IfThenElse(now, b.get(b.columns.change, at), b.get(b.columns.residual, at)));
      const V count = hn::Set(d, static_cast<double>(sweeps));
      b.set(b.columns.sweeps, at, hn::IfThenElse(now, count, b.get(b.columns.sweeps, at)));
    }
    all = all && hn::AllTrue(d, hn::Or(before, now));
  }
  return all;
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
