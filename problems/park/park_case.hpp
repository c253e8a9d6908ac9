#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/park/park_units.hpp"

namespace millrace {

/// Where water comes from inside the park. Ports are numbered: sources, processes, then of each treatment its product
/// and, where it has one, its reject.
struct ParkPort {
  enum class Kind : std::uint8_t { source, process, product, reject };
  std::string id;
  Kind kind = Kind::source;
  /// Of the source, process or treatment.
  std::uint32_t owner = 0;
};

/// Where water goes. Nodes are numbered: processes, treatments, demands, discharges.
struct ParkNode {
  enum class Kind : std::uint8_t { process, treatment, demand, discharge };
  std::string id;
  Kind kind = Kind::process;
  std::uint32_t owner = 0;
};

struct ParkArc {
  std::uint32_t port = 0;
  std::uint32_t node = 0;
};

struct ParkFreshArc {
  std::uint32_t freshwater = 0;
  std::uint32_t node = 0;
};

enum class ParkObjective { cost, freshwater, co2, discharge, treated_flow, freshwater_and_treated, annual_cost };
/// As in case files: "cost", "fw", "co2", "dis", "treated_flow", "freshwater+treated", "annual_cost".
std::string_view name_of(ParkObjective objective);
std::optional<ParkObjective> park_objective(std::string_view name);

/// What a case file says of a known solution.
struct ParkReference {
  double objective = 0.0;
  std::string status, source;
};

/// A flow of a network: from a port or a freshwater to a node, by their names.
struct ParkFlow {
  std::string from, to;
  double flow = 0.0;
};

/// A part of the year: factors on what the case says.
struct ParkSeason {
  std::string id;
  /// Of the year; those of all seasons add up to 1.
  double share = 1.0;
  /// On the loss of every tower, the flow of each source, the most of each freshwater.
  double tower_loss = 1.0;
  std::vector<double> source_flow, freshwater_max;
};

/// A network of an industrial park as a superstructure: everything that a case file says, checked.
struct ParkCase {
  std::string name;
  std::string title;
  /// Of money, "CNY", and of volumes, "m3" or "t".
  std::string money, volume;
  /// True where the numbers describe no real place.
  bool synthetic = false;
  std::vector<std::string> contaminants;
  ParkEconomics economics;
  std::vector<ParkFreshwater> freshwater;
  std::vector<ParkSource> sources;
  std::vector<ParkProcess> processes;
  std::vector<ParkTreatment> treatments;
  std::vector<ParkDemand> demands;
  std::vector<ParkDischarge> discharges;
  /// What a m3 of discharge-equivalent holds of each contaminant; infinite where it does not count.
  ByContaminant discharge_equiv_std;
  std::vector<ParkObjective> objectives;
  /// Of annual_cost.
  double annual_hours = 0.0;
  double annualisation = 0.0;
  /// Largest flow that a unit can have; infinite where the case gives none.
  double flow_cap = kNoLimit;

  std::vector<ParkPort> ports;
  std::vector<ParkNode> nodes;
  /// Sorted by port, within a port in the order of the file.
  std::vector<ParkArc> arcs;
  std::vector<ParkFreshArc> fresh_arcs;

  /// Where known; flows that are not named are zero.
  std::optional<ParkReference> reference;
  std::vector<ParkFlow> reference_flows;
  /// The network as it is operated now, empty where the case does not say.
  std::vector<ParkFlow> today;
  std::vector<ParkSeason> seasons;
  /// Changes with everything above that the problem depends on.
  std::string digest;

  std::size_t process_node(std::size_t p) const { return p; }
  std::size_t treatment_node(std::size_t t) const { return processes.size() + t; }
  std::size_t demand_node(std::size_t d) const { return processes.size() + treatments.size() + d; }
  std::size_t discharge_node(std::size_t e) const { return demand_node(demands.size()) + e; }
  std::size_t process_port(std::size_t p) const { return sources.size() + p; }
  /// The index of a port, node, or freshwater of that name.
  std::optional<std::uint32_t> port(std::string_view id) const;
  std::optional<std::uint32_t> node(std::string_view id) const;
  std::optional<std::uint32_t> freshwater_index(std::string_view id) const;
};

}  // namespace millrace
