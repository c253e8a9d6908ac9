#include "problems/park/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace millrace {
namespace {

/// Genes can give a tower this much more freshwater than it needs, in m3/h.
constexpr double kTowerOverFill = 300.0;
/// Of the fill cap, where the case gives no largest flow.
constexpr double kLeastFillCap = 1e4;

const ByContaminant& inlet_most(const ParkCase& park, std::size_t n) {
  const ParkNode& node = park.nodes[n];
  switch (node.kind) {
    case ParkNode::Kind::process: return park.processes[node.owner].cin_max;
    case ParkNode::Kind::treatment: return park.treatments[node.owner].cin_max;
    case ParkNode::Kind::demand: return park.demands[node.owner].cmax;
    case ParkNode::Kind::discharge: break;
  }
  return park.discharges[node.owner].cmax;
}

/// Whether a node takes none of a contaminant, so that only water without it can go there.
bool takes_none(const ParkCase& park, std::size_t n, std::size_t k) { return inlet_most(park, n)[k] == 0.0; }

bool usable(const ParkCase& park, const ParkArc& arc) {
  for (std::size_t k = 0; k < park.contaminants.size(); ++k)
    if (takes_none(park, arc.node, k)) return false;
  return true;
}

bool usable(const ParkCase& park, const ParkFreshArc& arc) {
  for (std::size_t k = 0; k < park.contaminants.size(); ++k)
    if (takes_none(park, arc.node, k) && park.freshwater[arc.freshwater].conc[k] > 0.0) return false;
  return true;
}

/// A size that concentrations of a contaminant have in this case.
double typical(const ParkCase& park, std::size_t k) {
  double most = 0.0;
  for (std::size_t n = 0; n < park.nodes.size(); ++n)
    if (std::isfinite(inlet_most(park, n)[k])) most = std::max(most, inlet_most(park, n)[k]);
  return most > 0.0 ? most : 1.0;
}

std::vector<ParkLimit> finite_limits(const ParkCase& park, const ByContaminant& most) {
  std::vector<ParkLimit> limits;
  for (std::size_t k = 0; k < most.size(); ++k)
    if (std::isfinite(most[k]))
      limits.push_back({static_cast<std::uint32_t>(k), most[k], most[k] > 0.0 ? most[k] : typical(park, k)});
  return limits;
}

}  // namespace

ParkNetwork::ParkNetwork(const ParkCase& park) : contaminants(park.contaminants.size()) {
  keep_usable_arcs(park);
  index_inflows();
  add_consumers(park);
  add_limits(park);
  choose_scales(park);
  name_genes(park);
}

void ParkNetwork::keep_usable_arcs(const ParkCase& park) {
  for (std::size_t p = 0; p < park.ports.size(); ++p) {
    first_arc.push_back(static_cast<std::uint32_t>(arcs.size()));
    spill_arc.push_back(kNone);
    for (const ParkArc& arc : park.arcs) {
      if (arc.port != p || !usable(park, arc)) continue;
      if (spill_arc[p] == kNone && park.nodes[arc.node].kind == ParkNode::Kind::discharge)
        spill_arc[p] = static_cast<std::uint32_t>(arcs.size());
      arcs.push_back(arc);
    }
    if (arcs.size() == first_arc[p])
      throw std::invalid_argument(
          fmt::format("{}: arcs from '{}' lead only to units that take none of a contaminant; "
                      "add one to a discharge",
                      park.name, park.ports[p].id));
  }
  first_arc.push_back(static_cast<std::uint32_t>(arcs.size()));
  for (std::size_t n = 0; n < park.nodes.size(); ++n) {
    first_fresh.push_back(static_cast<std::uint32_t>(fresh_arcs.size()));
    for (std::uint32_t w = 0; w < park.freshwater.size(); ++w)
      for (const ParkFreshArc& arc : park.fresh_arcs)
        if (arc.node == n && arc.freshwater == w && usable(park, arc)) fresh_arcs.push_back(arc);
  }
  first_fresh.push_back(static_cast<std::uint32_t>(fresh_arcs.size()));
  first_inflow.assign(park.nodes.size() + 1, 0);
}

void ParkNetwork::index_inflows() {
  const std::size_t count = first_inflow.size() - 1;
  for (std::size_t n = 0; n < count; ++n) {
    first_inflow[n] = static_cast<std::uint32_t>(inflows.size());
    for (std::uint32_t a = 0; a < arcs.size(); ++a)
      if (arcs[a].node == n) inflows.push_back(a);
  }
  first_inflow[count] = static_cast<std::uint32_t>(inflows.size());
}

void ParkNetwork::add_consumers(const ParkCase& park) {
  for (std::size_t n = 0; n < park.nodes.size(); ++n) {
    ParkConsumer consumer;
    const ParkNode& node = park.nodes[n];
    const bool has_fresh = first_fresh[n + 1] > first_fresh[n];
    consumer.load.assign(contaminants, 0.0);
    if (node.kind == ParkNode::Kind::process) {
      const ParkProcess& unit = park.processes[node.owner];
      consumer.fixed = unit.kind == ParkProcessKind::fixed;
      consumer.flow = unit.flow;
      consumer.loss = unit.loss;
      consumer.least_outflow = unit.bmin;
      consumer.load = unit.load;
      if (unit.kind == ParkProcessKind::tower && has_fresh) consumer.over_fill = kTowerOverFill;
    } else if (node.kind == ParkNode::Kind::demand) {
      consumer.fixed = true;
      consumer.flow = park.demands[node.owner].flow;
    } else if (node.kind == ParkNode::Kind::treatment && has_fresh) {
      consumer.over_fill = std::isfinite(park.flow_cap) ? park.flow_cap : kTowerOverFill;
    }
    const bool fills = node.kind == ParkNode::Kind::process || node.kind == ParkNode::Kind::demand;
    if (fills && !has_fresh && into(n).empty())
      throw std::invalid_argument(
          fmt::format("{}: nothing can reach '{}'; add an arc or a freshwater that it may take", park.name, node.id));
    consumers.push_back(std::move(consumer));
  }
  linear = park.processes.empty() && park.demands.empty();
}

void ParkNetwork::add_limits(const ParkCase& park) {
  for (std::size_t n = 0; n < park.nodes.size(); ++n) inlet_limits.push_back(finite_limits(park, inlet_most(park, n)));
  for (const ParkProcess& unit : park.processes) outlet_limits.push_back(finite_limits(park, unit.cout_max));
  for (std::uint32_t p = 0; p < park.ports.size(); ++p) {
    if (park.ports[p].kind == ParkPort::Kind::product) {
      product_port.push_back(p);
      reject_port.push_back(kNone);
    }
    if (park.ports[p].kind == ParkPort::Kind::reject) reject_port.back() = p;
  }
}

void ParkNetwork::choose_scales(const ParkCase& park) {
  double flow = 0.0;
  ByContaminant load(contaminants, 0.0);
  for (const ParkSource& source : park.sources) {
    flow += source.flow;
    for (std::size_t k = 0; k < contaminants; ++k) load[k] += source.flow * source.conc[k];
  }
  for (std::size_t n = 0; n < consumers.size(); ++n) {
    flow += consumers[n].fixed ? consumers[n].flow : consumers[n].loss;
    for (std::size_t k = 0; k < contaminants; ++k) load[k] += consumers[n].load[k];
  }
  fill_cap = std::isfinite(park.flow_cap) ? 10.0 * park.flow_cap : std::max(kLeastFillCap, 10.0 * flow);
  if (flow <= 0.0) flow = std::isfinite(park.flow_cap) ? park.flow_cap : 1.0;
  flow_floor = 1e-3 * flow;
  for (std::size_t k = 0; k < contaminants; ++k) load_floor.push_back(1e-3 * (load[k] > 0.0 ? load[k] : 1.0));
}

void ParkNetwork::name_genes(const ParkCase& park) {
  const auto add = [&](std::string name) { gene_names.push_back(std::move(name)); };
  const auto next = [&] { return static_cast<std::uint32_t>(gene_names.size()); };
  for (std::size_t p = 0; p < ports(); ++p) {
    const bool chooses = first_arc[p + 1] - first_arc[p] > 1;
    split_gene.push_back(chooses ? next() : kNone);
    for (std::uint32_t a = first_arc[p]; chooses && a < first_arc[p + 1]; ++a)
      add(park.ports[p].id + "_to_" + park.nodes[arcs[a].node].id);
  }
  for (std::size_t n = 0; n < nodes(); ++n) {
    const bool chooses = first_fresh[n + 1] - first_fresh[n] > 1;
    mix_gene.push_back(chooses ? next() : kNone);
    for (std::uint32_t a = first_fresh[n]; chooses && a < first_fresh[n + 1]; ++a)
      add(park.freshwater[fresh_arcs[a].freshwater].id + "_to_" + park.nodes[n].id);
  }
  for (std::size_t n = 0; n < nodes(); ++n) {
    over_gene.push_back(consumers[n].over_fill > 0.0 ? next() : kNone);
    if (over_gene[n] != kNone) add(park.nodes[n].id + "_over_fill");
  }
  for (const ParkTreatment& unit : park.treatments) {
    switch_gene.push_back(unit.optional ? next() : kNone);
    if (unit.optional) add(unit.id + "_on");
  }
  genes = gene_names.size();
}

}  // namespace millrace
