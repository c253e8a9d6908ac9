#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/problem/problem.hpp"
#include "problems/urban/allocation_kernels.hpp"
#include "problems/urban/urban_case.hpp"

namespace millrace {

struct UrbanOptions {
  /// Name of a scenario of the case; empty takes the first.
  std::string scenario = {};
  /// Whether make_urban_problem returns a problem that repairs.
  bool repair = true;
};

/// Allocation of one scenario of a case. Variables: one a link, "surface_to_domestic", in the volume unit, within
/// [0, min(available, upper demand, link capacity)]. Objectives: those the case names, in its order. Constraints, each
/// divided by its limited quantity (available, demand): the limit of every source, the lower demand of every user where
/// it is above 0, the upper demand of every user, the use rate of every source that has one.
class UrbanProblem {
 public:
  /// Throws std::invalid_argument where the case is inconsistent (see case_fault) or has no such scenario.
  UrbanProblem(const UrbanCase& urban, const UrbanOptions& options);

  const ProblemSpec& spec() const { return spec_; }
  const AllocationNetwork& network() const { return network_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  /// repair_allocation, then complete_allocation for the lanes which that leaves unfinished: every lane ends feasible.
  void repair(Tile& tile, Scratch& scratch) const;
  /// Every case is one unless a hinge has a negative weight. Its columns begin with the variables.
  std::optional<LinearForm> linear_form() const;

 private:
  UrbanProblem(const UrbanCase& urban, const UrbanOptions& options, std::size_t scenario);
  void add_limits(const UrbanCase& urban, std::size_t scenario);
  void add_limit(NodeLimit limit, std::string name, const std::string& unit, double scale);

  ProblemSpec spec_;
  AllocationNetwork network_;
  std::vector<ObjectiveForm> objectives_;
  std::vector<NodeLimit> limits_;
  std::vector<std::string> node_names_;
};

/// UrbanProblem, or with options.repair = false the same problem without its repair.
AnyProblem make_urban_problem(const UrbanCase& urban, const UrbanOptions& options = {});

}  // namespace millrace
