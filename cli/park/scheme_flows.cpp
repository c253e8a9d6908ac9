#include "cli/park/scheme_flows.hpp"

namespace millrace::cli {

SchemeFlows scheme_flows(const ParkSystem& system, std::span<const double> decision) {
  const ParkNetwork& network = system.network;
  const ParkEvaluation evaluation = evaluate_decision(system, decision);
  SchemeFlows scheme;
  scheme.inflow.assign(system.park.nodes.size(), 0.0);
  scheme.objectives = system.park.objectives;
  scheme.values = evaluation.objectives;
  scheme.violation = evaluation.violation;
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a) {
    const ParkFreshArc& arc = network.fresh_arcs[a];
    const double flow = evaluation.design.fresh_arcs[a];
    scheme.inflow[arc.node] += flow;
    if (flow > 0.0)
      scheme.flows.push_back({system.park.freshwater[arc.freshwater].id, system.park.nodes[arc.node].id, flow, false});
  }
  for (std::size_t a = 0; a < network.arcs.size(); ++a) {
    const ParkArc& arc = network.arcs[a];
    const double flow = evaluation.design.arcs[a];
    scheme.inflow[arc.node] += flow;
    const ParkNode::Kind kind = system.park.nodes[arc.node].kind;
    const bool reuse = kind == ParkNode::Kind::process || kind == ParkNode::Kind::demand;
    if (flow > 0.0)
      scheme.flows.push_back({system.park.ports[arc.port].id, system.park.nodes[arc.node].id, flow, reuse});
  }
  return scheme;
}

SchemeFlows flows_of_today(const ParkSystem& system) {
  std::vector<double> decision(system.genes(), 0.5);
  encode(system, design_of(system, system.park.today), decision);
  return scheme_flows(system, decision);
}

}  // namespace millrace::cli
