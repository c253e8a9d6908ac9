#include "problems/park/flow_program.hpp"

#include <algorithm>
#include <cmath>

namespace millrace {
namespace {

/// Slopes of powers of flows are taken no nearer to zero than this share of the largest flow.
constexpr double kLeastSlopeShare = 1e-3;

}  // namespace

void FlowProgram::add_term(std::size_t column, double coefficient) {
  if (std::find(touched_.begin(), touched_.end(), column) == touched_.end()) touched_.push_back(column);
  dense_[column] += coefficient;
}

void FlowProgram::clear_terms() {
  for (const std::size_t column : touched_) dense_[column] = 0.0;
  touched_.clear();
}

void FlowProgram::add_inflow(std::size_t node, double factor) {
  const ParkNetwork& network = system_.network;
  for (const std::uint32_t a : network.into(node)) add_term(a, factor);
  for (std::size_t a = network.first_fresh[node]; a < network.first_fresh[node + 1]; ++a)
    add_term(network.arcs.size() + a, factor);
}

double FlowProgram::add_load(std::size_t node, std::size_t k, double factor) {
  const ParkNetwork& network = system_.network;
  for (const std::uint32_t a : network.into(node)) {
    const std::size_t port = network.arcs[a].port;
    add_term(a, factor * point_.conc[port * contaminants_ + k]);
    if (port >= system_.park.sources.size())
      add_term(change_column(port, k), factor * point_.design.arcs[a] * most_conc(port, k));
  }
  for (std::size_t a = network.first_fresh[node]; a < network.first_fresh[node + 1]; ++a)
    add_term(network.arcs.size() + a, factor * system_.park.freshwater[network.fresh_arcs[a].freshwater].conc[k]);
  return factor * network.consumers[node].load[k];
}

void FlowProgram::add_flat_objective(std::size_t m) {
  const ParkNetwork& network = system_.network;
  const ParkCase& park = system_.park;
  const ParkObjectiveTerms& terms = system_.objectives[m];
  const std::size_t state = 1 + contaminants_;
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
    add_term(network.arcs.size() + a, terms.fresh[network.fresh_arcs[a].freshwater]);
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    if (terms.inflow[n] != 0.0) add_inflow(n, terms.inflow[n]);
    for (std::size_t k = 0; k < contaminants_; ++k)
      if (terms.load[n * contaminants_ + k] != 0.0) add_load(n, k, terms.load[n * contaminants_ + k]);
  }
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const std::size_t n = park.treatment_node(t);
    for (std::size_t k = 0; k < contaminants_; ++k)
      if (const double rate = terms.removed[t * contaminants_ + k]; rate != 0.0)
        add_load(n, k, rate * (1.0 - point_.design.split[t * state + 1 + k]));
    if (system_.models[t])
      add_inflow(n, terms.energy * point_.design.account[3 * t] +
                        terms.capital * park.treatments[t].cap_cost * point_.design.account[3 * t + 1]);
  }
}

/// Powers have their slope at the point; what that leaves is constant.
double FlowProgram::add_objective(std::size_t m) {
  add_flat_objective(m);
  double constant = 0.0;
  for (const auto& power : system_.objectives[m].powers) {
    const std::size_t n = system_.park.treatment_node(power.treatment);
    const double flow = std::max(inflow(point_, n), kLeastSlopeShare * system_.network.fill_cap);
    const double slope = power.coefficient * power.exponent * std::pow(flow, power.exponent - 1.0);
    add_inflow(n, slope);
    constant += power.coefficient * std::pow(flow, power.exponent) - slope * flow;
  }
  return constant;
}

double FlowProgram::objective(std::size_t m, const ParkPoint& point) {
  point_ = point;
  add_flat_objective(m);
  double sum = 0.0;
  for (const std::size_t column : touched_) {
    if (column >= first_change_) continue;
    const std::size_t arcs = system_.network.arcs.size();
    sum += dense_[column] * (column < arcs ? point.design.arcs[column] : point.design.fresh_arcs[column - arcs]);
  }
  clear_terms();
  for (const auto& power : system_.objectives[m].powers)
    sum += power.coefficient * std::pow(inflow(point, system_.park.treatment_node(power.treatment)), power.exponent);
  return sum;
}

double FlowProgram::inflow(const ParkPoint& point, std::size_t node) const {
  const ParkNetwork& network = system_.network;
  double sum = 0.0;
  for (const std::uint32_t a : network.into(node)) sum += point.design.arcs[a];
  for (std::size_t a = network.first_fresh[node]; a < network.first_fresh[node + 1]; ++a)
    sum += point.design.fresh_arcs[a];
  return sum;
}

/// Terms of a row around the point, in the row's scale; returns their constant.
double FlowProgram::add_row(const MovingRow& row) {
  const ParkNetwork& network = system_.network;
  const double factor = 1.0 / row.scale;
  const std::size_t k = row.contaminant;
  if (row.kind == RowKind::inlet) {
    for (const ParkLimit& limit : network.inlet_limits[row.index])
      if (limit.contaminant == k) add_inflow(row.index, -limit.most * (1.0 - kLimitMargin) * factor);
    return add_load(row.index, k, factor) - factor * network.consumers[row.index].load[k];
  }
  if (row.kind == RowKind::load_limit) return add_load(row.index, k, factor);
  if (row.kind == RowKind::objective) {
    const double constant = add_objective(row.index) * factor;
    for (const std::size_t column : touched_) dense_[column] *= factor;
    return constant;
  }
  const ParkPort& port = system_.park.ports[row.index];
  double share = 1.0;
  std::size_t node = system_.park.process_node(port.owner);
  if (port.kind != ParkPort::Kind::process) {
    const double product = point_.design.split[port.owner * (1 + contaminants_) + 1 + k];
    share = port.kind == ParkPort::Kind::product ? product : 1.0 - product;
    node = system_.park.treatment_node(port.owner);
  }
  const double constant = add_load(node, k, share * factor);
  const double conc = point_.conc[row.index * contaminants_ + k];
  for (std::size_t a = network.first_arc[row.index]; a < network.first_arc[row.index + 1]; ++a)
    add_term(a, -conc * factor);
  add_term(change_column(row.index, k), -outflow_[row.index] * most_conc(row.index, k) * factor);
  return constant;
}

}  // namespace millrace
