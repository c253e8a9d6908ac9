#pragma once

#include <cstddef>
#include <vector>

#include "problems/park/park_system.hpp"

namespace millrace {

/// Where the columns of one block of individuals lie: a column has as many doubles as the block has lanes, and these
/// are indices of first columns. The state of a port or node is its flow and its loads, 1 + contaminants columns.
struct BalanceColumns {
  BalanceColumns() = default;
  explicit BalanceColumns(const ParkSystem& system);

  /// Shares of arcs and of freshwater arcs; freshwater that genes add at nodes.
  std::size_t share = 0, fresh_share = 0, over_fill = 0;
  /// Concentrations of the freshwater mix at each node.
  std::size_t fresh_conc = 0;
  /// One over what a limit of a node leaves above its mix: inlet limits, then outlet limits of processes.
  std::vector<std::size_t> inlet_inverse, outlet_inverse;
  /// Shares of the inlet of a treatment that its product takes: of the flow, then of the loads.
  std::size_t split = 0;
  /// States of ports during the sweeps, and as they were when a lane was done.
  std::size_t port = 0, done_port = 0;
  /// States of nodes at their inlets; what freshwater and which share of the reuse they take; totals of freshwaters.
  std::size_t inlet = 0, fresh = 0, taken = 0, fresh_total = 0;
  /// Reuse that a fixed consumer at each node cannot take and that its port has no discharge for.
  std::size_t stranded = 0;
  /// Largest relative change in the last sweep that was looked at; of a lane that is done: 1, the change in its last
  /// sweep, and how many it took.
  std::size_t change = 0, done = 0, residual = 0, sweeps = 0;
  /// Of units with models: concentrations of the feed of one; energy, capital factor and distance of each; set-points
  /// and work of each.
  std::size_t feed = 0, account = 0;
  std::vector<std::size_t> settings, model_work;
  /// Of a linear case: one matrix and its right-hand side.
  std::size_t matrix = 0;
  /// All of them.
  std::size_t count = 0;
};

/// Every objective and constraint of all 64 lanes of a tile. `work` has columns.count * kLanes doubles.
///
/// The tile is worked on in blocks of one register's lanes, which keeps a block in the first cache, or as one block
/// where `whole_tile` is set or a unit has a model; then `work` holds its columns afterwards. What a lane gets depends
/// on neither its block nor its neighbours: a lane that is done keeps its state while others go on.
/// The system's genes are the variables of the tile from `first_gene` on.
void balance_tile(const ParkSystem& system, const BalanceColumns& columns, const Tile& tile, std::size_t first_gene,
                  double* work, bool whole_tile, Outcome& outcome);

/// What flows in an arc between units, of one lane of a balanced block with columns of `lanes` doubles; 0 for an arc to
/// a discharge.
double link_flow(const ParkSystem& system, const BalanceColumns& columns, const double* work, std::size_t lanes,
                 std::size_t arc, std::size_t lane);

}  // namespace millrace
