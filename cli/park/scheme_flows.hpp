#pragma once

#include <span>
#include <string>
#include <vector>

#include "problems/park/park_design.hpp"
#include "problems/park/park_system.hpp"

namespace millrace::cli {

/// A link of a network in operation: from a freshwater, source or outlet to a unit, demand or discharge.
struct SchemeFlow {
  std::string from, to;
  double flow = 0.0;
  /// Between units of the park: reuse.
  bool reuse = false;
};

/// A network in operation, as people read it.
struct SchemeFlows {
  std::vector<SchemeFlow> flows;
  /// Inflow of every process, treatment, demand and discharge, in the order of the case's nodes.
  std::vector<double> inflow;
  /// Names, units and values of what is accounted for: cost, freshwater, CO2 and discharge.
  std::vector<ParkObjective> objectives;
  std::vector<double> values;
  double violation = 0.0;
};

/// Flows above this are worth a word, in the case's unit of flow.
inline constexpr double kSpokenFlow = 0.05;

/// The network that a decision stands for. `system` must account for what is wanted of it.
SchemeFlows scheme_flows(const ParkSystem& system, std::span<const double> decision);
/// The case's network of today. It must have one.
SchemeFlows flows_of_today(const ParkSystem& system);

}  // namespace millrace::cli
