#include "problems/park/park_design.hpp"

#include <fmt/format.h>
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "problems/park/balance_columns.hpp"

namespace millrace {
namespace {

/// Flows below this are none.
constexpr double kLeastFlow = 1e-9;
/// As a share of the most that genes can add.
constexpr double kLeastOverFill = 1e-13;

std::vector<double> nominal_split(const ParkCase& park) {
  std::vector<double> split;
  for (const ParkTreatment& unit : park.treatments) {
    split.push_back(unit.recovery);
    split.insert(split.end(), unit.kept.begin(), unit.kept.end());
  }
  return split;
}

std::uint32_t find_arc(const ParkNetwork& network, std::uint32_t port, std::uint32_t node) {
  for (std::uint32_t a = network.first_arc[port]; a < network.first_arc[port + 1]; ++a)
    if (network.arcs[a].node == node) return a;
  return kNone;
}

std::uint32_t find_fresh_arc(const ParkNetwork& network, std::uint32_t freshwater, std::uint32_t node) {
  for (std::uint32_t a = network.first_fresh[node]; a < network.first_fresh[node + 1]; ++a)
    if (network.fresh_arcs[a].freshwater == freshwater) return a;
  return kNone;
}

double outflow(const ParkNetwork& network, const ParkDesign& design, std::size_t port) {
  double sum = 0.0;
  for (std::size_t a = network.first_arc[port]; a < network.first_arc[port + 1]; ++a) sum += design.arcs[a];
  return sum;
}

/// Genes of a group of flows.
void encode_group(std::span<const double> flows, std::span<double> genes) {
  const double most = *std::max_element(flows.begin(), flows.end());
  for (std::size_t i = 0; i < flows.size(); ++i)
    genes[i] = flows[i] < kLeastFlow ? 0.0 : with_dead_zone(flows[i] / most);
}

/// What a free unit would be filled with, see least_fill in sweep-inl.h; `reuse` is flow and loads without freshwater.
double least_fill(const ParkSystem& system, std::size_t n, const ByContaminant& mix, const std::vector<double>& reuse) {
  const ParkConsumer& unit = system.network.consumers[n];
  double fill = std::max(0.0, unit.loss + unit.least_outflow - reuse[0]);
  const auto raise = [&](const ParkLimit& limit, double excess) {
    const double gap = limit.most - mix[limit.contaminant];
    if (gap > 1e-9 * limit.scale) fill = std::max(fill, excess / gap);
  };
  for (const ParkLimit& limit : system.network.inlet_limits[n])
    raise(limit, reuse[1 + limit.contaminant] - limit.most * reuse[0]);
  for (const ParkLimit& limit : system.network.outlet_limits[n])
    raise(limit, reuse[1 + limit.contaminant] + unit.load[limit.contaminant] - limit.most * (reuse[0] - unit.loss));
  return std::min(fill, system.network.fill_cap);
}

/// Freshwater at a node beyond what its rule asks for: all of it at a treatment.
double over_fill(const ParkSystem& system, const ParkDesign& design, const ParkStates& states, std::size_t n) {
  const ParkNetwork& network = system.network;
  const std::size_t count = network.contaminants;
  double fresh = 0.0;
  ByContaminant mix(count, 0.0);
  for (std::size_t a = network.first_fresh[n]; a < network.first_fresh[n + 1]; ++a) {
    fresh += design.fresh_arcs[a];
    for (std::size_t k = 0; k < count; ++k)
      mix[k] += design.fresh_arcs[a] * system.park.freshwater[network.fresh_arcs[a].freshwater].conc[k];
  }
  if (fresh < kLeastFlow || system.park.nodes[n].kind == ParkNode::Kind::treatment) return fresh;
  std::vector<double> reuse(states.inlets.begin() + static_cast<std::ptrdiff_t>(n * (1 + count)),
                            states.inlets.begin() + static_cast<std::ptrdiff_t>((n + 1) * (1 + count)));
  reuse[0] -= fresh;
  for (std::size_t k = 0; k < count; ++k) {
    reuse[1 + k] -= mix[k];
    mix[k] /= fresh;
  }
  return fresh - least_fill(system, n, mix, reuse);
}

/// Fixed outflows and pick-ups of loads at ports: the right-hand side for one contaminant.
double own_load(const ParkSystem& system, const ParkDesign& design, std::size_t n, std::size_t k) {
  const ParkNetwork& network = system.network;
  double load = network.consumers[n].load[k];
  for (std::size_t a = network.first_fresh[n]; a < network.first_fresh[n + 1]; ++a)
    load += design.fresh_arcs[a] * system.park.freshwater[network.fresh_arcs[a].freshwater].conc[k];
  return load;
}

/// The node whose outlet a port is, and the share of its inlet load that leaves there.
struct PortOrigin {
  std::size_t node = 0;
  double share = 1.0;
};

PortOrigin origin_of(const ParkSystem& system, const ParkDesign& design, std::size_t p, std::size_t k) {
  const ParkPort& port = system.park.ports[p];
  if (port.kind == ParkPort::Kind::process) return {system.park.process_node(port.owner), 1.0};
  const double product = design.split[port.owner * (1 + system.network.contaminants) + 1 + k];
  return {system.park.treatment_node(port.owner), port.kind == ParkPort::Kind::product ? product : 1.0 - product};
}

/// Loads of all ports for one contaminant.
void solve_loads(const ParkSystem& system, const ParkDesign& design, std::size_t k, ParkStates& states) {
  const ParkNetwork& network = system.network;
  const std::size_t state = 1 + network.contaminants;
  const std::size_t sources = system.park.sources.size();
  const auto size = static_cast<Eigen::Index>(network.ports());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
  Eigen::VectorXd loads = Eigen::VectorXd::Zero(size);
  for (std::size_t p = 0; p < network.ports(); ++p) {
    const auto row = static_cast<Eigen::Index>(p);
    if (p < sources) {
      loads(row) = system.park.sources[p].flow * system.park.sources[p].conc[k];
      continue;
    }
    const PortOrigin origin = origin_of(system, design, p, k);
    loads(row) = origin.share * own_load(system, design, origin.node, k);
    for (const std::uint32_t a : network.into(origin.node)) {
      const std::uint32_t from = network.arcs[a].port;
      const double flow = states.ports[from * state];
      if (flow > 0.0) matrix(row, static_cast<Eigen::Index>(from)) -= origin.share * design.arcs[a] / flow;
    }
  }
  const Eigen::VectorXd solved = matrix.partialPivLu().solve(loads);
  for (std::size_t p = 0; p < network.ports(); ++p)
    states.ports[p * state + 1 + k] = std::max(0.0, solved(static_cast<Eigen::Index>(p)));
}

}  // namespace

ParkDesign design_of(const ParkSystem& system, std::span<const ParkFlow> flows) {
  const ParkNetwork& network = system.network;
  ParkDesign design{std::vector<double>(network.arcs.size(), 0.0), std::vector<double>(network.fresh_arcs.size(), 0.0),
                    nominal_split(system.park), std::vector<double>(3 * system.park.treatments.size(), 0.0)};
  for (const ParkFlow& flow : flows) {
    const auto node = system.park.node(flow.to);
    const auto port = system.park.port(flow.from);
    const auto freshwater = system.park.freshwater_index(flow.from);
    const std::uint32_t arc = node && port ? find_arc(network, *port, *node) : kNone;
    const std::uint32_t fresh = node && freshwater ? find_fresh_arc(network, *freshwater, *node) : kNone;
    if (arc != kNone) design.arcs[arc] = std::max(0.0, flow.flow);
    else if (fresh != kNone) design.fresh_arcs[fresh] = std::max(0.0, flow.flow);
    else if (flow.flow > kLeastFlow)
      throw std::invalid_argument(
          fmt::format("{}: '{}->{}' is no arc that a design may use", system.park.name, flow.from, flow.to));
  }
  return design;
}

ParkEvaluation evaluate_decision(const ParkSystem& system, std::span<const double> decision) {
  const ParkNetwork& network = system.network;
  const BalanceColumns columns(system);
  const std::size_t state = 1 + network.contaminants;
  Tile tile(decision.size());
  DecisionRows rows(1, decision.size());
  std::copy(decision.begin(), decision.end(), rows.row(0).begin());
  const Slot slot = 0;
  tile.gather(rows, {&slot, 1});
  Outcome outcome(system.objectives.size(), system.constraints.size());
  AlignedVector<double> work(columns.count * kLanes, 0.0);
  balance_tile(system, columns, tile, 0, work.data(), true, outcome);
  const auto first_lane = [&](std::size_t column) { return work[column * kLanes]; };

  ParkEvaluation result;
  for (std::size_t a = 0; a < network.arcs.size(); ++a) {
    const std::uint32_t node = network.arcs[a].node;
    double flow = first_lane(columns.share + a) * first_lane(columns.done_port + network.arcs[a].port * state);
    if (network.consumers[node].fixed) {
      const double spilled = (1.0 - first_lane(columns.taken + node)) * flow;
      flow -= spilled;
      result.design.arcs.push_back(flow);
      continue;
    }
    result.design.arcs.push_back(flow);
  }
  for (std::size_t a = 0; a < network.arcs.size(); ++a) {
    const std::uint32_t node = network.arcs[a].node;
    const std::uint32_t spill = network.spill_arc[network.arcs[a].port];
    if (!network.consumers[node].fixed || spill == kNone) continue;
    result.design.arcs[spill] += (1.0 - first_lane(columns.taken + node)) * first_lane(columns.share + a) *
                                 first_lane(columns.done_port + network.arcs[a].port * state);
  }
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
    result.design.fresh_arcs.push_back(first_lane(columns.fresh_share + a) *
                                       first_lane(columns.fresh + network.fresh_arcs[a].node));
  for (std::size_t c = 0; c < system.park.treatments.size() * state; ++c)
    result.design.split.push_back(first_lane(columns.split + c));
  for (std::size_t c = 0; c < 3 * system.park.treatments.size(); ++c)
    result.design.account.push_back(first_lane(columns.account + c));
  for (std::size_t m = 0; m < system.objectives.size(); ++m) result.objectives.push_back(outcome.objective(m)[0]);
  for (std::size_t c = 0; c < system.constraints.size(); ++c) {
    result.constraints.push_back(outcome.constraint(c)[0]);
    result.violation += std::max(0.0, result.constraints.back());
  }
  result.sweeps = static_cast<std::size_t>(first_lane(columns.sweeps));
  return result;
}

ParkStates states_of(const ParkSystem& system, const ParkDesign& design) {
  const ParkNetwork& network = system.network;
  const std::size_t state = 1 + network.contaminants;
  ParkStates states{std::vector<double>(network.ports() * state, 0.0),
                    std::vector<double>(network.nodes() * state, 0.0)};
  for (std::size_t p = 0; p < network.ports(); ++p) states.ports[p * state] = outflow(network, design, p);
  for (std::size_t k = 0; k < network.contaminants; ++k) solve_loads(system, design, k, states);
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    double* inlet = states.inlets.data() + n * state;
    for (const std::uint32_t a : network.into(n)) {
      const double* port = states.ports.data() + network.arcs[a].port * state;
      inlet[0] += design.arcs[a];
      for (std::size_t k = 0; port[0] > 0.0 && k < network.contaminants; ++k)
        inlet[1 + k] += design.arcs[a] / port[0] * port[1 + k];
    }
    for (std::size_t a = network.first_fresh[n]; a < network.first_fresh[n + 1]; ++a) {
      inlet[0] += design.fresh_arcs[a];
      for (std::size_t k = 0; k < network.contaminants; ++k)
        inlet[1 + k] += design.fresh_arcs[a] * system.park.freshwater[network.fresh_arcs[a].freshwater].conc[k];
    }
  }
  return states;
}

void encode(const ParkSystem& system, const ParkDesign& design, std::span<double> decision) {
  const ParkNetwork& network = system.network;
  const ParkStates states = states_of(system, design);
  const std::size_t state = 1 + network.contaminants;
  for (std::size_t p = 0; p < network.ports(); ++p)
    if (network.split_gene[p] != kNone) {
      const std::size_t count = network.first_arc[p + 1] - network.first_arc[p];
      encode_group(std::span(design.arcs).subspan(network.first_arc[p], count),
                   decision.subspan(network.split_gene[p], count));
    }
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    const std::size_t count = network.first_fresh[n + 1] - network.first_fresh[n];
    if (network.mix_gene[n] != kNone)
      encode_group(std::span(design.fresh_arcs).subspan(network.first_fresh[n], count),
                   decision.subspan(network.mix_gene[n], count));
    if (network.over_gene[n] == kNone) continue;
    const double share = over_fill(system, design, states, n) / network.consumers[n].over_fill;
    decision[network.over_gene[n]] = share < kLeastOverFill ? 0.0 : with_dead_zone(std::min(1.0, share));
  }
  for (std::size_t t = 0; t < network.switch_gene.size(); ++t)
    if (network.switch_gene[t] != kNone)
      decision[network.switch_gene[t]] = states.inlets[system.park.treatment_node(t) * state] > kLeastFlow ? 1.0 : 0.0;
}

}  // namespace millrace
