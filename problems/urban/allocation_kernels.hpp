#pragma once

#include <span>

#include "engine/data/tile.hpp"
#include "problems/urban/allocation_network.hpp"
#include "problems/urban/objective_form.hpp"

namespace millrace {

/// A limit as a constraint g <= 0: sum - bound for an upper limit, bound - sum for a lower one.
struct NodeLimit {
  std::uint32_t node = 0;
  bool upper = true;
  double bound = 0.0;
};

/// Objectives and constraints of the lanes of the tile that are in use. `sums` are scratch lanes, network.nodes() columns. Bits do not depend on the
/// instruction set. O(links + nodes + terms) a lane.
void evaluate_allocation(const AllocationNetwork& network, std::span<const ObjectiveForm> objectives,
                         std::span<const NodeLimit> limits, const Tile& tile, Outcome& outcome, double* sums);

/// Moves every lane in use towards the limits of the network with small changes, most often all the way:
/// 1. cut each source, then each user, to its upper limit, evenly over its links (the Euclidean projection);
/// 2. fill each node below its lower limit evenly from the free links and the slack at their other ends;
/// 3. fill what is left by taking from users (or sources) with more than their least, on a link of the same source;
/// 4. and then by making such a user change to another source that has slack.
/// Nodes are visited in order, and a lane within 1e-12 of its limits is not changed at all. Writes 1 to
/// unfinished[lane] where a limit is still broken by more than 1e-10 of its size, else 0. `sums` as above. Bits do not
/// depend on the instruction set or on the other lanes.
void repair_allocation(const AllocationNetwork& network, Tile& tile, double* sums, double* unfinished);

}  // namespace millrace
