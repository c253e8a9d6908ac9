#include "problems/park/flow_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double finite_or(double value, double otherwise) { return std::isfinite(value) ? value : otherwise; }

}  // namespace

FlowProgram::FlowProgram(const ParkSystem& system, const ParkDesign& start, std::vector<bool> off)
    : system_(system), off_(std::move(off)), contaminants_(system.network.contaminants) {
  point_.design = start;
  bound_concentrations();
  add_columns();
  dense_.assign(program_.cost.size(), 0.0);
  point_.conc = most_conc_;
  outflow_.assign(system_.network.ports(), 1.0);
  add_balances();
  add_capacities();
  add_moving_rows();
  solver_.emplace(program_);
}

/// Outlets of processes have limits, or carry at most what may enter and what they pick up; products and rejects at most
/// what they leave of a dirtiest inlet. Where a case has no such limit: ten times the dirtiest water it speaks of.
void FlowProgram::bound_concentrations() {
  const ParkCase& park = system_.park;
  const ParkNetwork& network = system_.network;
  for (std::size_t p = 0; p < network.ports(); ++p)
    for (std::size_t k = 0; k < contaminants_; ++k) {
      double dirtiest = 0.0;
      for (const ParkSource& source : park.sources) dirtiest = std::max(dirtiest, source.conc[k]);
      for (const auto& limits : network.inlet_limits)
        for (const ParkLimit& limit : limits)
          if (limit.contaminant == k) dirtiest = std::max(dirtiest, limit.most);
      dirtiest = std::max(10.0 * dirtiest, 1e-6);
      const ParkPort& port = park.ports[p];
      double most = dirtiest;
      if (port.kind == ParkPort::Kind::source) {
        most = park.sources[port.owner].conc[k];
      } else if (port.kind == ParkPort::Kind::process) {
        const ParkProcess& unit = park.processes[port.owner];
        const double outflow = std::max(unit.flow - unit.loss, 1e-3 * network.flow_floor);
        const double flow = unit.kind == ParkProcessKind::fixed ? unit.flow : outflow;
        const double carried = (finite_or(unit.cin_max[k], dirtiest) * flow + unit.load[k]) / outflow;
        most = std::isfinite(unit.cout_max[k])       ? unit.cout_max[k]
               : unit.kind == ParkProcessKind::fixed ? carried
                                                     : dirtiest;
      } else {
        const ParkTreatment& unit = park.treatments[port.owner];
        const double inlet = finite_or(unit.cin_max[k], dirtiest);
        const double* split = point_.design.split.data() + port.owner * (1 + contaminants_);
        most = port.kind == ParkPort::Kind::product ? inlet * split[1 + k] / std::max(split[0], 1e-6)
                                                    : inlet * (1.0 - split[1 + k]) / std::max(1.0 - split[0], 1e-6);
      }
      most_conc_.push_back(most);
    }
}

std::size_t FlowProgram::change_column(std::size_t port, std::size_t k) const {
  return first_change_ + (port - system_.park.sources.size()) * contaminants_ + k;
}

void FlowProgram::add_columns() {
  const ParkNetwork& network = system_.network;
  for (const ParkArc& arc : network.arcs) {
    const ParkNode& node = system_.park.nodes[arc.node];
    const bool closed = node.kind == ParkNode::Kind::treatment && off_[node.owner];
    program_.add_column(0.0, closed ? 0.0 : network.fill_cap);
  }
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a) program_.add_column(0.0, network.fill_cap);
  first_change_ = program_.cost.size();
  const std::size_t changes = (network.ports() - system_.park.sources.size()) * contaminants_;
  for (std::size_t c = 0; c < changes; ++c) program_.add_column(0.0, 0.0);
}

/// Ends the terms of a row with a column that lets it give.
void FlowProgram::put_slack() {
  const std::size_t column = program_.add_column(0.0, kInfinity);
  program_.cost[column] = kSlackPenalty;
  program_.rows.put(column, -1.0);
  slacks_.push_back(column);
}

void FlowProgram::add_balances() {
  const ParkCase& park = system_.park;
  const ParkNetwork& network = system_.network;
  const auto put_out = [&](std::size_t port, double factor) {
    for (std::size_t a = network.first_arc[port]; a < network.first_arc[port + 1]; ++a) add_term(a, factor);
  };
  const auto close = [&](double least, double most) {
    for (const std::size_t column : touched_) program_.rows.put(column, dense_[column]);
    clear_terms();
    program_.close_row(least, most);
  };
  for (std::size_t p = 0; p < network.ports(); ++p) {
    const ParkPort& port = park.ports[p];
    put_out(p, 1.0);
    if (port.kind == ParkPort::Kind::source) {
      close(park.sources[port.owner].flow, park.sources[port.owner].flow);
    } else if (port.kind == ParkPort::Kind::process) {
      const ParkProcess& unit = park.processes[port.owner];
      if (unit.kind == ParkProcessKind::fixed) {
        close(unit.flow - unit.loss, unit.flow - unit.loss);
      } else {
        add_inflow(park.process_node(port.owner), -1.0);
        close(-unit.loss, -unit.loss);
        put_out(p, 1.0);
        close(unit.bmin, kInfinity);
      }
    } else {
      const double recovery = point_.design.split[port.owner * (1 + contaminants_)];
      add_inflow(park.treatment_node(port.owner), port.kind == ParkPort::Kind::product ? -recovery : recovery - 1.0);
      close(0.0, 0.0);
    }
  }
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    const ParkConsumer& consumer = network.consumers[n];
    if (!consumer.fixed) continue;
    add_inflow(n, 1.0);
    close(consumer.flow, consumer.flow);
    // Room for rounding: reuse beyond the flow would be spilled.
    if (network.first_fresh[n] == network.first_fresh[n + 1]) continue;
    for (const std::uint32_t a : network.into(n)) add_term(a, 1.0);
    close(0.0, consumer.flow * (1.0 - kLimitMargin));
  }
}

void FlowProgram::add_capacities() {
  const ParkCase& park = system_.park;
  const ParkNetwork& network = system_.network;
  const auto at_most = [&](double most) {
    for (const std::size_t column : touched_) program_.rows.put(column, dense_[column]);
    clear_terms();
    put_slack();
    program_.close_row(-kInfinity, most);
  };
  for (std::size_t i = 0; i < park.processes.size(); ++i) {
    if (!std::isfinite(park.processes[i].flow_max)) continue;
    add_inflow(park.process_node(i), 1.0);
    at_most(park.processes[i].flow_max * (1.0 - kLimitMargin));
  }
  for (std::size_t t = 0; t < park.treatments.size(); ++t) {
    const ParkTreatment& unit = park.treatments[t];
    if (std::isfinite(unit.flow_max)) {
      add_inflow(park.treatment_node(t), 1.0);
      at_most(unit.flow_max * (1.0 - kLimitMargin));
    }
    if (unit.flow_min > 0.0 && unit.optional && !off_[t]) {
      add_inflow(park.treatment_node(t), -1.0);
      at_most(-unit.flow_min * (1.0 + kLimitMargin));
    }
  }
  for (std::size_t w = 0; w < park.freshwater.size(); ++w) {
    if (!std::isfinite(park.freshwater[w].max)) continue;
    for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
      if (network.fresh_arcs[a].freshwater == w) add_term(network.arcs.size() + a, 1.0);
    at_most(park.freshwater[w].max * (1.0 - kLimitMargin));
  }
}

void FlowProgram::add_moving(RowKind kind, std::size_t index, std::size_t contaminant, double scale, double most) {
  moving_.push_back({kind, index, contaminant, scale, most, program_.rows.rows()});
  const double constant = add_row(moving_.back());
  for (const std::size_t column : touched_) program_.rows.put(column, dense_[column]);
  clear_terms();
  put_slack();
  program_.close_row(-kInfinity, most - constant);
}

void FlowProgram::add_moving_rows() {
  const ParkCase& park = system_.park;
  const ParkNetwork& network = system_.network;
  for (std::size_t p = park.sources.size(); p < network.ports(); ++p)
    for (std::size_t k = 0; k < contaminants_; ++k)
      add_moving(RowKind::load, p, k, std::max(most_conc(p, k), 1e-9), 0.0);
  for (std::size_t n = 0; n < network.nodes(); ++n) {
    for (const ParkLimit& limit : network.inlet_limits[n])
      if (limit.most > 0.0) add_moving(RowKind::inlet, n, limit.contaminant, limit.scale, 0.0);
    if (park.nodes[n].kind != ParkNode::Kind::discharge) continue;
    const ByContaminant& most = park.discharges[park.nodes[n].owner].loadmax;
    for (std::size_t k = 0; k < contaminants_; ++k)
      if (std::isfinite(most[k]))
        add_moving(RowKind::load_limit, n, k, std::max(most[k], 1e-6),
                   most[k] / std::max(most[k], 1e-6) * (1.0 - kLimitMargin));
  }
  for (std::size_t m = 0; m < system_.objectives.size(); ++m) add_moving(RowKind::objective, m, 0, 1.0, kInfinity);
}

}  // namespace millrace
