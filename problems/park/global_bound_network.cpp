#include "problems/park/global_bound_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kConcentrationRounds = 20;

/// A linear expression of columns.
struct Term {
  std::uint32_t column = 0;
  double coefficient = 0.0;
};
using Terms = std::vector<Term>;

void add_scaled(const Terms& terms, double factor, Terms& sum) {
  for (const Term& term : terms)
    if (factor * term.coefficient != 0.0) sum.push_back({term.column, factor * term.coefficient});
}

/// Builds the program column by column; where a column has several terms in a row, they are added up.
class NetworkWriter {
 public:
  NetworkWriter(const ParkSystem& system, std::size_t objective)
      : park_(system.park), network_(system.network), objective_(system.objectives[objective]) {}

  NetworkProgram write() {
    find_flow_cap();
    find_most_concentrations();
    add_flows();
    for (std::uint32_t p = 0; p < network_.ports(); ++p) add_port(p);
    for (std::size_t n = 0; n < network_.nodes(); ++n) add_node(n);
    add_supplies();
    return std::move(result_);
  }

 private:
  void find_flow_cap();
  void find_most_concentrations();
  double most_leaving(const ParkPort& port, std::size_t k, double entering) const;
  double concentration_ratio(const ParkPort& port, std::size_t k) const;
  void lower_concentrations(std::size_t k, double highest);
  double most_into(std::size_t node) const;
  void add_flows();
  void add_port(std::uint32_t port);
  void add_node(std::size_t node);
  void add_process(std::size_t node, const Terms& inflow);
  void add_treatment(std::size_t node, const Terms& inflow);
  void add_switch(const ParkTreatment& unit, const Terms& inflow);
  void add_power(const ParkObjectiveTerms::Power& power, const Terms& inflow);
  void add_supplies();
  void add_cost(std::size_t node, const Terms& inflow);

  Terms inflow_of(std::size_t node) const;
  Terms load_into(std::size_t node, std::size_t k) const;
  std::uint32_t add_column(double most);
  void add_row(const Terms& terms, double lower, double upper);
  /// What a unit brings into a port, less what the port has.
  void add_load_row(const Terms& terms, double brought) {
    result_.program.one_sided.push_back(static_cast<std::uint32_t>(result_.program.linear.row_lower.size()));
    add_row(terms, brought, brought);
  }
  void add_to_cost(const Terms& terms, double factor) {
    for (const Term& term : terms) result_.program.linear.cost[term.column] += factor * term.coefficient;
  }
  std::size_t contaminants() const { return network_.contaminants; }

  const ParkCase& park_;
  const ParkNetwork& network_;
  const ParkObjectiveTerms& objective_;
  NetworkProgram result_;
  double flow_cap_ = 0.0;
  /// Of each port: its throughput, and of each contaminant its load (ports x contaminants); kNone for sources.
  std::vector<std::uint32_t> throughput_, port_load_;
  /// Load of each arc (arcs x contaminants); kNone from sources.
  std::vector<std::uint32_t> arc_load_;
  /// Upper bounds of concentrations (ports x contaminants).
  std::vector<double> most_concentration_;
};

std::uint32_t NetworkWriter::add_column(double most) {
  return static_cast<std::uint32_t>(result_.program.linear.add_column(0.0, most));
}

void NetworkWriter::add_row(const Terms& terms, double lower, double upper) {
  Terms sorted = terms;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Term& a, const Term& b) { return a.column < b.column; });
  LinearProgram& linear = result_.program.linear;
  for (std::size_t t = 0; t < sorted.size();) {
    double sum = 0.0;
    const std::uint32_t column = sorted[t].column;
    for (; t < sorted.size() && sorted[t].column == column; ++t) sum += sorted[t].coefficient;
    if (sum != 0.0) linear.rows.put(column, sum);
  }
  linear.close_row(lower, upper);
}

void NetworkWriter::find_flow_cap() {
  double entering = 0.0;
  for (const ParkSource& source : park_.sources) entering += source.flow;
  for (const ParkFreshwater& water : park_.freshwater) entering += water.max;
  flow_cap_ = std::isfinite(park_.flow_cap) ? park_.flow_cap : entering;
  if (!std::isfinite(flow_cap_))
    throw std::invalid_argument(fmt::format(
        "{}: a global bound needs a largest flow; give the case a flow_cap, or every freshwater a max", park_.name));
}

double NetworkWriter::most_into(std::size_t n) const {
  const ParkNode& node = park_.nodes[n];
  const double fixed = network_.consumers[n].fixed ? network_.consumers[n].flow : flow_cap_;
  if (node.kind == ParkNode::Kind::process) return std::min(fixed, park_.processes[node.owner].flow_max);
  if (node.kind == ParkNode::Kind::treatment) return std::min(fixed, park_.treatments[node.owner].flow_max);
  return fixed;
}

/// What can leave a unit at most where no more than `entering` comes in.
double NetworkWriter::most_leaving(const ParkPort& port, std::size_t k, double entering) const {
  if (port.kind == ParkPort::Kind::process) {
    const ParkProcess& unit = park_.processes[port.owner];
    if (unit.kind != ParkProcessKind::fixed) return unit.cout_max[k];
    const double most_in = std::min(unit.cin_max[k], entering);
    return std::min(unit.cout_max[k], (most_in * unit.flow + unit.load[k]) / (unit.flow - unit.loss));
  }
  const double ratio = concentration_ratio(port, k);
  return ratio == 0.0 ? 0.0 : ratio * std::min(park_.treatments[port.owner].cin_max[k], entering);
}

/// Of what leaves a treatment by a port to what enters it.
double NetworkWriter::concentration_ratio(const ParkPort& port, std::size_t k) const {
  const ParkTreatment& unit = park_.treatments[port.owner];
  return port.kind == ParkPort::Kind::product ? unit.kept[k] / unit.recovery
                                              : (1.0 - unit.kept[k]) / (1.0 - unit.recovery);
}

/// A unit that thins out what enters cannot leave more than enters anywhere; the others need limits of their own. Then
/// mixing cannot raise: no inlet has more than the ports that lead to it, which lowers the bounds round by round.
void NetworkWriter::find_most_concentrations() {
  most_concentration_.assign(network_.ports() * contaminants(), 0.0);
  for (std::size_t k = 0; k < contaminants(); ++k) {
    double highest = 0.0;
    for (const ParkFreshwater& water : park_.freshwater) highest = std::max(highest, water.conc[k]);
    for (std::size_t p = 0; p < network_.ports(); ++p) {
      const ParkPort& port = park_.ports[p];
      const bool source = port.kind == ParkPort::Kind::source;
      const double most = source ? park_.sources[port.owner].conc[k] : most_leaving(port, k, kInfinity);
      most_concentration_[p * contaminants() + k] = most;
      const bool thins_out = !source && port.kind != ParkPort::Kind::process && concentration_ratio(port, k) <= 1.0;
      if (!thins_out) highest = std::max(highest, most);
    }
    for (int round = 0; round < kConcentrationRounds; ++round) lower_concentrations(k, highest);
    for (std::size_t p = 0; p < network_.ports(); ++p)
      if (!std::isfinite(most_concentration_[p * contaminants() + k]))
        throw std::invalid_argument(
            fmt::format("{}: nothing limits {} in what leaves '{}'; a global bound needs a limit "
                        "on what enters or leaves it",
                        park_.name, park_.contaminants[k], park_.ports[p].id));
  }
}

void NetworkWriter::lower_concentrations(std::size_t k, double highest) {
  for (std::size_t n = 0; n < network_.nodes(); ++n) {
    double entering = 0.0;
    for (const std::uint32_t a : network_.into(n))
      entering = std::max(entering, most_concentration_[network_.arcs[a].port * contaminants() + k]);
    for (std::uint32_t a = network_.first_fresh[n]; a < network_.first_fresh[n + 1]; ++a)
      entering = std::max(entering, park_.freshwater[network_.fresh_arcs[a].freshwater].conc[k]);
    entering = std::min(entering, highest);
    for (std::size_t p = park_.sources.size(); p < network_.ports(); ++p) {
      const ParkPort& port = park_.ports[p];
      const std::size_t own =
          port.kind == ParkPort::Kind::process ? park_.process_node(port.owner) : park_.treatment_node(port.owner);
      double& most = most_concentration_[p * contaminants() + k];
      if (own == n) most = std::min(most, most_leaving(port, k, entering));
    }
  }
}

void NetworkWriter::add_flows() {
  for (const ParkArc& arc : network_.arcs) {
    const ParkPort& port = park_.ports[arc.port];
    const double from = port.kind == ParkPort::Kind::source ? park_.sources[port.owner].flow : flow_cap_;
    result_.arcs.push_back(add_column(std::min(from, most_into(arc.node))));
  }
  for (const ParkFreshArc& arc : network_.fresh_arcs)
    result_.fresh_arcs.push_back(add_column(std::min(most_into(arc.node), park_.freshwater[arc.freshwater].max)));
}

void NetworkWriter::add_port(std::uint32_t p) {
  const std::uint32_t first = network_.first_arc[p];
  const std::uint32_t last = network_.first_arc[p + 1];
  Terms leaving;
  for (std::uint32_t a = first; a < last; ++a) leaving.push_back({result_.arcs[a], 1.0});
  const ParkPort& port = park_.ports[p];
  const bool source = port.kind == ParkPort::Kind::source;
  throughput_.push_back(source ? kNone : add_column(flow_cap_));
  if (source) {
    add_row(leaving, park_.sources[port.owner].flow, park_.sources[port.owner].flow);
  } else {
    leaving.push_back({throughput_[p], -1.0});
    add_row(leaving, 0.0, 0.0);
  }
  arc_load_.resize(last * contaminants(), kNone);
  for (std::size_t k = 0; k < contaminants(); ++k) {
    const double most = most_concentration_[p * contaminants() + k];
    result_.levels.push_back(source ? kNone : add_column(most));
    port_load_.push_back(source ? kNone : add_column(flow_cap_ * most));
    if (source) continue;
    result_.program.products.push_back({port_load_.back(), throughput_[p], result_.levels.back()});
    Terms loads = {{port_load_.back(), -1.0}};
    for (std::uint32_t a = first; a < last; ++a) {
      const double most_flow = result_.program.linear.upper[result_.arcs[a]];
      const std::uint32_t load = arc_load_[a * contaminants() + k] = add_column(most_flow * most);
      result_.program.products.push_back({load, result_.arcs[a], result_.levels.back()});
      loads.push_back({load, 1.0});
    }
    add_row(loads, 0.0, 0.0);
  }
}

Terms NetworkWriter::inflow_of(std::size_t n) const {
  Terms terms;
  for (const std::uint32_t a : network_.into(n)) terms.push_back({result_.arcs[a], 1.0});
  for (std::uint32_t a = network_.first_fresh[n]; a < network_.first_fresh[n + 1]; ++a)
    terms.push_back({result_.fresh_arcs[a], 1.0});
  return terms;
}

Terms NetworkWriter::load_into(std::size_t n, std::size_t k) const {
  Terms terms;
  for (const std::uint32_t a : network_.into(n)) {
    const ParkPort& port = park_.ports[network_.arcs[a].port];
    if (port.kind == ParkPort::Kind::source) terms.push_back({result_.arcs[a], park_.sources[port.owner].conc[k]});
    else terms.push_back({arc_load_[a * contaminants() + k], 1.0});
  }
  for (std::uint32_t a = network_.first_fresh[n]; a < network_.first_fresh[n + 1]; ++a)
    terms.push_back({result_.fresh_arcs[a], park_.freshwater[network_.fresh_arcs[a].freshwater].conc[k]});
  return terms;
}

void NetworkWriter::add_node(std::size_t n) {
  const ParkNode& node = park_.nodes[n];
  const ParkConsumer& consumer = network_.consumers[n];
  const Terms inflow = inflow_of(n);
  if (consumer.fixed) add_row(inflow, consumer.flow, consumer.flow);
  else if (node.kind != ParkNode::Kind::discharge) add_row(inflow, 0.0, most_into(n));
  for (const ParkLimit& limit : network_.inlet_limits[n]) {
    Terms excess = load_into(n, limit.contaminant);
    add_scaled(inflow, -limit.most, excess);
    add_row(excess, -kInfinity, 0.0);
  }
  if (node.kind == ParkNode::Kind::process) add_process(n, inflow);
  if (node.kind == ParkNode::Kind::treatment) add_treatment(n, inflow);
  if (node.kind == ParkNode::Kind::discharge)
    for (std::size_t k = 0; k < contaminants(); ++k) {
      const double most = park_.discharges[node.owner].loadmax[k];
      if (std::isfinite(most)) add_row(load_into(n, k), -kInfinity, most);
    }
  add_cost(n, inflow);
}

void NetworkWriter::add_process(std::size_t n, const Terms& inflow) {
  const ParkConsumer& consumer = network_.consumers[n];
  const std::size_t p = park_.process_port(park_.nodes[n].owner);
  Terms balance = inflow;
  balance.push_back({throughput_[p], -1.0});
  add_row(balance, consumer.loss, consumer.loss);
  LinearProgram& linear = result_.program.linear;
  linear.lower[throughput_[p]] = std::min(consumer.least_outflow, linear.upper[throughput_[p]]);
  for (std::size_t k = 0; k < contaminants(); ++k) {
    Terms load = load_into(n, k);
    load.push_back({port_load_[p * contaminants() + k], -1.0});
    add_load_row(load, -consumer.load[k]);
  }
}

void NetworkWriter::add_treatment(std::size_t n, const Terms& inflow) {
  const std::size_t t = park_.nodes[n].owner;
  const ParkTreatment& unit = park_.treatments[t];
  const auto add_outlet = [&](std::uint32_t p, double flow_share, auto&& load_share) {
    if (p == kNone) return;
    Terms balance = {{throughput_[p], -1.0}};
    add_scaled(inflow, flow_share, balance);
    add_row(balance, 0.0, 0.0);
    for (std::size_t k = 0; k < contaminants(); ++k) {
      Terms load = {{port_load_[p * contaminants() + k], -1.0}};
      add_scaled(load_into(n, k), load_share(k), load);
      add_load_row(load, 0.0);
    }
  };
  add_outlet(network_.product_port[t], unit.recovery, [&](std::size_t k) { return unit.kept[k]; });
  add_outlet(network_.reject_port[t], 1.0 - unit.recovery, [&](std::size_t k) { return 1.0 - unit.kept[k]; });
  if (unit.optional) add_switch(unit, inflow);
  else if (unit.flow_min > 0.0) add_row(inflow, unit.flow_min, kInfinity);
  for (const auto& power : objective_.powers)
    if (power.treatment == t && power.coefficient > 0.0) add_power(power, inflow);
}

void NetworkWriter::add_switch(const ParkTreatment& unit, const Terms& inflow) {
  const std::uint32_t on = add_column(1.0);
  result_.program.switches.push_back(on);
  Terms most = inflow;
  most.push_back({on, -std::min(unit.flow_max, flow_cap_)});
  add_row(most, -kInfinity, 0.0);
  Terms least = inflow;
  least.push_back({on, -unit.flow_min});
  if (unit.flow_min > 0.0) add_row(least, 0.0, kInfinity);
}

void NetworkWriter::add_power(const ParkObjectiveTerms::Power& power, const Terms& inflow) {
  if (power.exponent >= 1.0) {
    if (power.exponent > 1.0)
      throw std::invalid_argument(
          fmt::format("{}: a global bound takes exponents up to 1, not {}", park_.name, power.exponent));
    add_to_cost(inflow, power.coefficient);
    return;
  }
  const double most = std::min(park_.treatments[power.treatment].flow_max, flow_cap_);
  const std::uint32_t base = add_column(most);
  Terms same = inflow;
  same.push_back({base, -1.0});
  add_row(same, 0.0, 0.0);
  const std::uint32_t value = add_column(std::pow(most, power.exponent));
  result_.program.powers.push_back({value, base, power.exponent});
  result_.program.linear.cost[value] += power.coefficient;
}

void NetworkWriter::add_supplies() {
  for (std::uint32_t w = 0; w < park_.freshwater.size(); ++w) {
    Terms taken;
    for (std::size_t a = 0; a < network_.fresh_arcs.size(); ++a)
      if (network_.fresh_arcs[a].freshwater == w) taken.push_back({result_.fresh_arcs[a], 1.0});
    add_to_cost(taken, objective_.fresh[w]);
    if (std::isfinite(park_.freshwater[w].max)) add_row(taken, -kInfinity, park_.freshwater[w].max);
  }
}

void NetworkWriter::add_cost(std::size_t n, const Terms& inflow) {
  add_to_cost(inflow, objective_.inflow[n]);
  const ParkNode& node = park_.nodes[n];
  for (std::size_t k = 0; k < contaminants(); ++k) {
    double of_load = objective_.load[n * contaminants() + k];
    if (node.kind == ParkNode::Kind::treatment)
      of_load += objective_.removed[node.owner * contaminants() + k] * (1.0 - park_.treatments[node.owner].kept[k]);
    if (of_load < 0.0)
      throw std::invalid_argument(
          fmt::format("{}: a global bound cannot take an objective that earns from loads", park_.name));
    if (of_load > 0.0) add_to_cost(load_into(n, k), of_load);
  }
}

std::vector<double> picked(const std::vector<double>& values, const std::vector<std::uint32_t>& columns) {
  std::vector<double> result;
  for (const std::uint32_t column : columns) result.push_back(values[column]);
  return result;
}

}  // namespace

NetworkProgram network_program(const ParkSystem& system, std::size_t objective) {
  if (system.hybrid())
    throw std::invalid_argument(
        fmt::format("{}: a global bound needs the figures of the case, not hybrid units", system.park.name));
  if (system.piping.charge > 0.0)
    throw std::invalid_argument(fmt::format("{}: a global bound does not take piping charges", system.park.name));
  return NetworkWriter(system, objective).write();
}

NetworkBound bound_network(const ParkSystem& system, std::size_t objective, const GlobalBoundOptions& options,
                           Workers& workers) {
  const NetworkProgram network = network_program(system, objective);
  NetworkBound result;
  result.bound = bound_globally(network.program, options, workers);
  if (result.bound.values.empty()) return result;
  result.arc_flows = picked(result.bound.values, network.arcs);
  result.fresh_flows = picked(result.bound.values, network.fresh_arcs);
  return result;
}

}  // namespace millrace
