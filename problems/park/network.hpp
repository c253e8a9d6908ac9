#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "problems/park/park_case.hpp"

namespace millrace {

/// "None" among indices of arcs and genes.
inline constexpr std::uint32_t kNone = 0xFFFFFFFFu;

/// A share of nothing below this, so that optimal zeros are within reach of variation: share = max(0, (g - 0.3) / 0.7).
inline constexpr double kDeadZone = 0.3;
inline double beyond_dead_zone(double gene) { return gene > kDeadZone ? (gene - kDeadZone) / (1.0 - kDeadZone) : 0.0; }
inline double with_dead_zone(double share) { return kDeadZone + (1.0 - kDeadZone) * share; }

/// An upper limit on a concentration; only finite ones are kept.
struct ParkLimit {
  std::uint32_t contaminant = 0;
  double most = 0.0;
  /// What an excess is measured by: `most`, or where that is 0 a size that such concentrations have.
  double scale = 1.0;
};

/// What of a unit or demand matters to the balance, by node.
struct ParkConsumer {
  bool fixed = false;
  /// Inflow of a fixed one.
  double flow = 0.0;
  double loss = 0.0;
  double least_outflow = 0.0;
  ByContaminant load;
  /// Genes may add up to this much freshwater; 0: none does.
  double over_fill = 0.0;
};

/// A superstructure as flat arrays, without the arcs that no design can use (into a node that takes none of a
/// contaminant): what balance, encoding and linear programs walk over.
struct ParkNetwork {
  /// Throws std::invalid_argument with one sentence where what is left of the arcs cannot work.
  explicit ParkNetwork(const ParkCase& park);

  std::size_t contaminants = 0;
  /// Arcs by port, in the order of the case. Those of port p are [first_arc[p], first_arc[p + 1]).
  std::vector<ParkArc> arcs;
  std::vector<std::uint32_t> first_arc;
  /// Indices of arcs by node, and of freshwater arcs by node.
  std::vector<std::uint32_t> inflows, first_inflow;
  std::vector<ParkFreshArc> fresh_arcs;
  std::vector<std::uint32_t> first_fresh;
  /// The arc of each port that takes what its consumers cannot: the first to a discharge, or kNone.
  std::vector<std::uint32_t> spill_arc;
  /// By node.
  std::vector<ParkConsumer> consumers;
  std::vector<std::vector<ParkLimit>> inlet_limits;
  /// By process.
  std::vector<std::vector<ParkLimit>> outlet_limits;
  /// Ports of each treatment; kNone where it has no reject.
  std::vector<std::uint32_t> product_port, reject_port;
  /// No water is filled in: flows and loads are linear in the shares and solved at once.
  bool linear = false;
  /// Sizes below which a change of flow or load is not worth a sweep.
  double flow_floor = 1.0;
  ByContaminant load_floor;
  /// A consumer is never filled beyond.
  double fill_cap = 1e4;

  // First gene of: the shares of a port's arcs, a node's mix of freshwaters, its over-fill, a treatment's switch;
  // kNone where there is nothing to choose.
  std::vector<std::uint32_t> split_gene, mix_gene, over_gene, switch_gene;
  /// Genes before those of set-points.
  std::size_t genes = 0;
  std::vector<std::string> gene_names;

  std::size_t ports() const { return first_arc.size() - 1; }
  std::size_t nodes() const { return first_inflow.size() - 1; }
  std::span<const std::uint32_t> into(std::size_t node) const {
    return {inflows.data() + first_inflow[node], first_inflow[node + 1] - first_inflow[node]};
  }

 private:
  void keep_usable_arcs(const ParkCase& park);
  void index_inflows();
  void add_consumers(const ParkCase& park);
  void add_limits(const ParkCase& park);
  void choose_scales(const ParkCase& park);
  void name_genes(const ParkCase& park);
};

}  // namespace millrace
