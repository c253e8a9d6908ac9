#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/park/network.hpp"
#include "problems/park/unit_model.hpp"

namespace millrace {

inline constexpr double kAtRest = 1e-10;

/// Objective as a sum over flows and loads; what it costs to run a unit with a hybrid model is added from its account.
struct ParkObjectiveTerms {
  /// A m3 of each freshwater, of inflow at each node.
  std::vector<double> fresh, inflow;
  /// A g of load at each node (nodes x contaminants), and a g that each treatment removes (treatments x contaminants).
  std::vector<double> load, removed;
  /// A kWh, and a unit of money for capital, of units with hybrid models.
  double energy = 0.0, capital = 0.0;
  /// Whether charges for open links belong to it.
  bool money = false;
  /// coefficient * inflow^exponent of a treatment.
  struct Power {
    std::uint32_t treatment = 0;
    double coefficient = 0.0, exponent = 1.0;
  };
  std::vector<Power> powers;
};

struct ParkConstraint {
  enum class Kind : std::uint8_t { quality, capacity, least_flow, supply, extrapolation, balance };
  Kind kind = Kind::balance;
  /// Node, treatment or freshwater; unused for the balance.
  std::uint32_t index = 0;
};

/// A charge for every link between units that carries more than `least_flow`.
struct PipingCharge {
  double charge = 0.0;
  double least_flow = 0.01;
};

/// Everything that evaluating a park reads. Immutable once made.
struct ParkSystem {
  ParkCase park;
  ParkNetwork network;
  std::vector<ParkObjectiveTerms> objectives;
  std::vector<ParkConstraint> constraints;
  /// By treatment; null where the figures of the case are used.
  std::vector<std::shared_ptr<const UnitModel>> models;
  /// First gene of the set-points of each model.
  std::vector<std::uint32_t> setting_gene;
  PipingCharge piping;
  std::size_t sweeps = 100;
  /// Relative change of flows and loads in a sweep from which on a balance has come to rest.
  double rest = kAtRest;

  bool hybrid() const;
  std::size_t genes() const { return gene_names.size(); }
  /// Those of the network, then set-points.
  std::vector<std::string> gene_names;
};

struct ParkOptions {
  /// Units with a model are run by it instead of by the figures of the case.
  bool hybrid = false;
  /// Measurements that hybrid models are fitted to; null: pure mechanisms. Must outlive the making of the system only.
  const PlantData* data = nullptr;
  /// Objectives in place of those of the case; empty keeps them.
  std::vector<ParkObjective> objectives = {};
  PipingCharge piping = {};
  /// Most sweeps of the balance, and the change at which it is at rest before.
  std::size_t sweeps = 100;
  double rest = kAtRest;
};

/// Throws std::invalid_argument with one sentence where the case cannot be evaluated so.
ParkSystem make_park_system(ParkCase park, const ParkOptions& options);

/// What a person is told of an objective: its name and unit.
std::string objective_unit(const ParkCase& park, ParkObjective objective);

}  // namespace millrace
