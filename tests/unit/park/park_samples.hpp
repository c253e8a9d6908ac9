#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "engine/random/philox.hpp"
#include "problems/park/builtin_cases.hpp"
#include "problems/park/load_case.hpp"
#include "problems/park/park_design.hpp"
#include "problems/park/park_problem.hpp"
#include "tests/reference/park.hpp"

namespace millrace {

inline std::vector<double> random_decision(const ParkSystem& system, std::uint64_t seed) {
  std::vector<double> decision(system.genes());
  RowDraws draws({seed, 0, Stage::sample}, 0);
  for (double& gene : decision) gene = draws.next_double();
  return decision;
}

/// Flows of a design by name.
inline reference::ParkBalance::Flows named_flows(const ParkSystem& system, const ParkDesign& design) {
  reference::ParkBalance::Flows flows;
  const ParkNetwork& network = system.network;
  for (std::size_t a = 0; a < network.arcs.size(); ++a)
    flows[{system.park.ports[network.arcs[a].port].id, system.park.nodes[network.arcs[a].node].id}] = design.arcs[a];
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
    flows[{system.park.freshwater[network.fresh_arcs[a].freshwater].id,
           system.park.nodes[network.fresh_arcs[a].node].id}] = design.fresh_arcs[a];
  return flows;
}

}  // namespace millrace
