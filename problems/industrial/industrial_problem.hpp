#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/data/decision_rows.hpp"
#include "engine/problem/problem.hpp"
#include "problems/industrial/allocation_program.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/objectives.hpp"
#include "problems/industrial/plan_code.hpp"
#include "problems/industrial/plan_kernels.hpp"

namespace millrace {

struct IndustrialOptions {
  ObjectiveSet objectives = objective_set("planner");
  PlanEncoding encoding = PlanEncoding::full;
  double lambda = 0.5;
  double stress = 0.0;
  /// Names of the case; empty for the last of its risk levels, and for no limit of energy.
  std::string risk_level = {};
  std::string energy_scenario = {};
  /// 1e6 RMB for every user that gets diverted water in any period: no linear program is left then.
  double connection_charge = 0.0;
  bool repair = true;
};

/// A plan for all periods as decisions. Constraints: one a kind of limit (PlanLimit), the sum of its breaches as shares.
class IndustrialProblem {
 public:
  /// Throws std::invalid_argument where an option is unknown or out of its range, or another encoding than the full one
  /// meets a limit of energy, which its shortages do not look at.
  IndustrialProblem(const IndustrialCase& industrial, const IndustrialOptions& options);

  const ProblemSpec& spec() const { return spec_; }
  const IndustrialInstance& instance() const { return instance_; }
  const IndustrialOptions& options() const { return options_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  /// repair_period for every period; of the other encodings, the decisions of the plan that they are taken for.
  void repair(Tile& tile, Scratch& scratch) const;
  /// Whole plans, in the order of PlanLayout, of the decisions in `rows`.
  DecisionRows plans_of(const DecisionRows& rows) const;
  /// Decisions for plans of which row k is the best there is in objective k (PlanCode::decision_of), within the bounds.
  DecisionRows decisions_of(const DecisionRows& anchors) const;
  /// Of the full encoding where every objective is linear and nothing has a fixed charge; empty otherwise.
  std::optional<LinearForm> linear_form() const;

 private:
  void add_constraints();
  EditablePeriod plan_in(double* columns) const;
  void decode(const Tile& tile, std::size_t t, const EditablePeriod& plan) const;
  bool is_full() const { return options_.encoding == PlanEncoding::full; }
  void drop_small_connections(std::size_t t, const EditablePeriod& plan) const;

  IndustrialOptions options_;
  IndustrialInstance instance_;
  PlanLayout at_;
  PlanCode code_;
  ProblemSpec spec_;
};

/// IndustrialProblem, or with options.repair = false the same problem without its repair.
AnyProblem make_industrial_problem(const IndustrialCase& industrial, const IndustrialOptions& options);

}  // namespace millrace
