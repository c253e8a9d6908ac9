#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "problems/park/balance_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "problems/park/account-inl.h"
#include "problems/park/balance-inl.h"
#include "problems/park/sweep-inl.h"

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

/// Flows and loads of a network of sources and treatments only: with F the inlets, (I - X^T) F = sources. The columns
/// of the matrix have sums of at most one, so that elimination needs no exchange of rows.
HWY_NOINLINE void solve_linear(const Block& b, std::size_t at) {
  const D d;
  const ParkNetwork& network = b.network();
  const ParkCase& park = b.system.park;
  const std::size_t size = park.treatments.size();
  const auto entry = [&](std::size_t i, std::size_t j) HWY_ATTR { return b.columns.matrix + i * (size + 1) + j; };
  const V keep = hn::Set(d, 1.0 - kLeak);
  for (std::size_t c = 0; c < b.state(); ++c) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j <= size; ++j) b.set(entry(i, j), at, hn::Set(d, i == j ? 1.0 : 0.0));
      for (const std::uint32_t a : network.into(park.treatment_node(i))) {
        const ParkPort& port = park.ports[network.arcs[a].port];
        const V share = b.get(b.columns.share + a, at);
        if (port.kind == ParkPort::Kind::source) {
          const V flow = b.get(b.columns.port + network.arcs[a].port * b.state() + c, at);
          b.set(entry(i, size), at, hn::MulAdd(share, flow, b.get(entry(i, size), at)));
          continue;
        }
        const V split = b.get(b.columns.split + port.owner * b.state() + c, at);
        const V part = port.kind == ParkPort::Kind::product ? split : hn::Sub(hn::Set(d, 1.0), split);
        const V feedback = hn::Mul(hn::Mul(share, part), keep);
        b.set(entry(i, port.owner), at, hn::Sub(b.get(entry(i, port.owner), at), feedback));
      }
    }
    for (std::size_t pivot = 0; pivot < size; ++pivot) {
      const V inverse = hn::Div(hn::Set(d, 1.0), b.get(entry(pivot, pivot), at));
      for (std::size_t i = 0; i < size; ++i) {
        if (i == pivot) continue;
        const V factor = hn::Mul(b.get(entry(i, pivot), at), inverse);
        for (std::size_t j = pivot; j <= size; ++j)
          b.set(entry(i, j), at, hn::NegMulAdd(factor, b.get(entry(pivot, j), at), b.get(entry(i, j), at)));
      }
    }
    for (std::size_t t = 0; t < size; ++t) {
      const V inlet = hn::Div(b.get(entry(t, size), at), b.get(entry(t, t), at));
      const V product = hn::Mul(inlet, b.get(b.columns.split + t * b.state() + c, at));
      b.set(b.columns.port + network.product_port[t] * b.state() + c, at, product);
      if (network.reject_port[t] != kNone)
        b.set(b.columns.port + network.reject_port[t] * b.state() + c, at, hn::Sub(inlet, product));
    }
  }
}

/// Keeps what solve_linear found; a loop that all but closes has no balance.
HWY_INLINE void settle_linear(const Block& b, std::size_t at) {
  const D d;
  M sound = hn::Eq(hn::Zero(d), hn::Zero(d));
  for (std::size_t c = 0; c < b.network().ports() * b.state(); ++c) {
    const V value = b.get(b.columns.port + c, at);
    if (c % b.state() == 0)
      sound = hn::And(sound, hn::And(hn::Ge(value, hn::Zero(d)), hn::Le(value, hn::Set(d, b.network().fill_cap))));
    b.set(b.columns.done_port + c, at, value);
  }
  b.set(b.columns.residual, at, hn::IfThenElse(sound, hn::Zero(d), hn::Set(d, 1.0)));
  b.set(b.columns.sweeps, at, hn::Set(d, 1.0));
}

template <int K>
void balance(const Block& b) {
  const std::size_t step = hn::Lanes(D());
  if (b.network().linear) {
    for (std::size_t at = 0; at < b.lanes; at += step) {
      solve_linear(b, at);
      settle_linear(b, at);
    }
    return;
  }
  for (std::size_t done = 0;;) {
    const std::size_t untested = std::min(kSweepsBetweenTests, b.system.sweeps - done) - 1;
    for (std::size_t i = 0; i < untested; ++i) sweep<K, false>(b);
    sweep<K, true>(b);
    done += untested + 1;
    const bool last = done >= b.system.sweeps;
    if (settle(b, done, last)) break;
  }
}

/// The answers of units with models to what enters them in the end.
template <int K>
void account_models(const Block& b) {
  const ParkCase& park = b.system.park;
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    if (!b.system.models[t]) continue;
    const std::size_t n = park.treatment_node(t);
    for (std::size_t at = 0; at < b.lanes; at += hn::Lanes(D()))
      put_feed<K>(b, n, at, entering<K>(b, b.columns.done_port, n, at));
    const UnitFeed feed{b.column(b.columns.inlet + n * b.state(), 0), b.column(b.columns.feed, 0)};
    const std::size_t split = b.columns.split + t * b.state();
    const double* work = b.column(b.columns.model_work[t], 0);
    b.system.models[t]->split(feed, work, {b.column(split, 0), b.column(split + 1, 0)});
    const std::size_t account = b.columns.account + 3 * t;
    b.system.models[t]->account(feed, work, {b.column(account, 0), b.column(account + 1, 0), b.column(account + 2, 0)});
  }
}

/// Links that are open between units, of one lane.
double open_links(const Block& b, std::size_t lane) {
  double open = 0.0;
  for (std::size_t a = 0; a < b.network().arcs.size(); ++a)
    if (link_flow(b.system, b.columns, b.work, b.lanes, a, lane) > b.system.piping.least_flow) open += 1.0;
  return open;
}

double uneven_terms(const Block& b, const ParkObjectiveTerms& terms, std::size_t lane) {
  double sum = 0.0;
  for (const auto& power : terms.powers) {
    const std::size_t n = b.system.park.treatment_node(power.treatment);
    const double flow = std::max(0.0, *b.column(b.columns.inlet + n * b.state(), lane));
    sum += power.coefficient * std::pow(flow, power.exponent);
  }
  if (terms.money && b.system.piping.charge > 0.0) sum += b.system.piping.charge * open_links(b, lane);
  return sum;
}

template <int K>
void account(const Block& b, Outcome& outcome) {
  const D d;
  const ParkSystem& system = b.system;
  for (std::size_t at = 0; at < b.lanes; at += hn::Lanes(d)) {
    account_inlets<K>(b, at);
    for (std::size_t m = 0; m < system.objectives.size(); ++m)
      hn::Store(linear_objective(b, system.objectives[m], at), d, outcome.objective(m) + b.first + at);
    for (std::size_t c = 0; c < system.constraints.size(); ++c)
      hn::Store(constraint_value(b, system.constraints[c], at), d, outcome.constraint(c) + b.first + at);
  }
  for (std::size_t m = 0; m < system.objectives.size(); ++m) {
    const ParkObjectiveTerms& terms = system.objectives[m];
    if (terms.powers.empty() && !(terms.money && system.piping.charge > 0.0)) continue;
    for (std::size_t lane = 0; lane < b.lanes; ++lane)
      outcome.objective(m)[b.first + lane] += uneven_terms(b, terms, lane);
  }
}

template <int K>
void evaluate_block(const Block& b, Outcome& outcome) {
  for (std::size_t at = 0; at < b.lanes; at += hn::Lanes(D())) decode(b, at);
  balance<K>(b);
  account_models<K>(b);
  account<K>(b, outcome);
}

void prepare_models(const Block& b) {
  const D d;
  for (std::size_t t = 0; t < b.system.models.size(); ++t) {
    if (!b.system.models[t]) continue;
    const auto points = b.system.models[t]->set_points();
    for (std::size_t s = 0; s < points.size(); ++s)
      for (std::size_t at = 0; at < b.lanes; at += hn::Lanes(d)) {
        const V gene = b.gene(b.system.setting_gene[t] + s, at);
        const V span = hn::Set(d, points[s].upper - points[s].lower);
        b.set(b.columns.settings[t] + s, at, hn::MulAdd(gene, span, hn::Set(d, points[s].lower)));
      }
    b.system.models[t]->prepare(b.column(b.columns.settings[t], 0), b.column(b.columns.model_work[t], 0));
  }
}

void evaluate_tile(const ParkSystem& system, const BalanceColumns& columns, const Tile& tile, std::size_t first_gene,
                   double* work, bool whole_tile, Outcome& outcome) {
  const std::size_t lanes = whole_tile || system.hybrid() ? kLanes : hn::Lanes(D());
  for (std::size_t first = 0; first < kLanes; first += lanes) {
    const Block b{system, columns, tile, first_gene, first, lanes, work};
    prepare_models(b);
    switch (system.network.contaminants) {
      case 1: evaluate_block<1>(b, outcome); break;
      case 2: evaluate_block<2>(b, outcome); break;
      case 3: evaluate_block<3>(b, outcome); break;
      case 4: evaluate_block<4>(b, outcome); break;
      case 5: evaluate_block<5>(b, outcome); break;
      default: evaluate_block<0>(b, outcome);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace millrace {

HWY_EXPORT(evaluate_tile);

void balance_tile(const ParkSystem& system, const BalanceColumns& columns, const Tile& tile, std::size_t first_gene,
                  double* work, bool whole_tile, Outcome& outcome) {
  HWY_DYNAMIC_DISPATCH(evaluate_tile)(system, columns, tile, first_gene, work, whole_tile, outcome);
}

}  // namespace millrace
#endif
