#include "problems/park/balance_columns.hpp"

namespace millrace {

BalanceColumns::BalanceColumns(const ParkSystem& system) {
  const ParkNetwork& network = system.network;
  const std::size_t state = 1 + network.contaminants;
  const std::size_t treatments = system.park.treatments.size();
  const auto take = [this](std::size_t columns) {
    const std::size_t first = count;
    count += columns;
    return first;
  };
  share = take(network.arcs.size());
  fresh_share = take(network.fresh_arcs.size());
  over_fill = take(network.nodes());
  fresh_conc = take(network.nodes() * network.contaminants);
  for (const auto& limits : network.inlet_limits) inlet_inverse.push_back(take(limits.size()));
  for (const auto& limits : network.outlet_limits) outlet_inverse.push_back(take(limits.size()));
  split = take(treatments * state);
  port = take(network.ports() * state);
  done_port = take(network.ports() * state);
  inlet = take(network.nodes() * state);
  fresh = take(network.nodes());
  taken = take(network.nodes());
  fresh_total = take(system.park.freshwater.size());
  stranded = take(network.nodes());
  change = take(1);
  done = take(1);
  residual = take(1);
  sweeps = take(1);
  feed = take(network.contaminants);
  account = take(3 * treatments);
  for (const auto& model : system.models) {
    settings.push_back(take(model ? model->set_points().size() : 0));
    model_work.push_back(take(model ? model->work_columns() : 0));
  }
  matrix = take(network.linear ? treatments * (treatments + 1) : 0);
}

double link_flow(const ParkSystem& system, const BalanceColumns& columns, const double* work, std::size_t lanes,
                 std::size_t arc, std::size_t lane) {
  const ParkNetwork& network = system.network;
  const std::size_t node = network.arcs[arc].node;
  if (system.park.nodes[node].kind == ParkNode::Kind::discharge) return 0.0;
  const auto value = [&](std::size_t column) { return work[column * lanes + lane]; };
  const double flow =
      value(columns.share + arc) * value(columns.done_port + network.arcs[arc].port * (1 + network.contaminants));
  return network.consumers[node].fixed ? flow * value(columns.taken + node) : flow;
}

}  // namespace millrace
