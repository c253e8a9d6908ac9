#pragma once

#include <span>
#include <vector>

#include "problems/park/park_system.hpp"

namespace millrace {

/// A network in operation: the flow of every arc and freshwater arc of a ParkNetwork, and what the treatments keep.
struct ParkDesign {
  std::vector<double> arcs;
  std::vector<double> fresh_arcs;
  /// Of each treatment: recovery, then the shares of the inlet loads in the product (treatments x (1 + contaminants)).
  std::vector<double> split;
  /// Of a unit with a model: kWh a m3, capital factor, extrapolation distance (treatments x 3).
  std::vector<double> account;
};

/// Flow and loads of ports and of the inlets of nodes, 1 + contaminants values each.
struct ParkStates {
  std::vector<double> ports;
  std::vector<double> inlets;
};

/// The design with these flows by name; what is not named is zero. Throws std::invalid_argument for a flow that is no
/// arc of the network.
ParkDesign design_of(const ParkSystem& system, std::span<const ParkFlow> flows);

/// The design that a decision stands for, and its objectives and constraints as they are evaluated.
struct ParkEvaluation {
  ParkDesign design;
  std::vector<double> objectives, constraints;
  /// Sum of positive constraints.
  double violation = 0.0;
  std::size_t sweeps = 0;
};
ParkEvaluation evaluate_decision(const ParkSystem& system, std::span<const double> decision);

/// Loads of a design from its flows alone: one linear system for each contaminant, without sweeps or fill rules.
ParkStates states_of(const ParkSystem& system, const ParkDesign& design);

/// The decision that stands for a design: the inverse of decoding, but for the reuse that fixed consumers spill, which
/// becomes a share of its discharge. Set-points are written as they are in `decision`, which must hold genes() values;
/// everything else of it is replaced.
void encode(const ParkSystem& system, const ParkDesign& design, std::span<double> decision);

}  // namespace millrace
