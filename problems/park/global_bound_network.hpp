#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "problems/park/global_bound.hpp"
#include "problems/park/park_system.hpp"

namespace millrace {

/// A network as a bilinear program for one objective, and where in it the flows are.
struct NetworkProgram {
  BilinearProgram program;
  /// Columns of the arcs and freshwater arcs of ParkNetwork.
  std::vector<std::uint32_t> arcs;
  std::vector<std::uint32_t> fresh_arcs;
  /// Column of the concentration of contaminant k at port p: entry p * contaminants + k; kNone for sources.
  std::vector<std::uint32_t> levels;
};

/// Flows, concentrations of ports, and loads as their products. That a port has no more load than its unit brings is a
/// one-sided row: a concentration may be stated too high, which no upper limit and no objective rewards. For each port and contaminant the loads of its arcs add up to that of the port, itself the product of
/// throughput and concentration (the cut of Karuppiah and Grossmann, doi:10.1016/j.compchemeng.2005.11.005).
///
/// Flows are bounded by the flow cap of the case or, without one, by all water that can enter. Throws
/// std::invalid_argument with one sentence where the case has hybrid units or piping charges, an objective that earns
/// from loads, or a concentration without any bound.
NetworkProgram network_program(const ParkSystem& system, std::size_t objective);

/// A certified lower bound and the best network found, in the units of the objective.
struct NetworkBound {
  GlobalBound bound;
  /// Flows of the best network, one an arc and one a freshwater arc of ParkNetwork; empty where none was found.
  std::vector<double> arc_flows;
  std::vector<double> fresh_flows;
};

/// bound_globally on network_program. Throws as both.
NetworkBound bound_network(const ParkSystem& system, std::size_t objective, const GlobalBoundOptions& options,
                           Workers& workers);

}  // namespace millrace
