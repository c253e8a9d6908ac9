#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "problems/industrial/allocation_program.hpp"
#include "problems/industrial/conflict.hpp"

namespace millrace {

/// One of the two models of the interval program, solved.
struct SubmodelSolution {
  bool solved = false;
  /// Expected net benefit, 1e6 RMB over all periods.
  double benefit = 0.0;
  /// In the order of PlanLayout.
  std::vector<double> plan;
  /// Where it is not solved.
  Conflict conflict;
};

/// How the lower model is held to the upper one. Weaker where that has no solution.
enum class Coupling { every_variable, without_shortages, targets_only };
std::string_view name_of(Coupling coupling);

struct IntervalSolution {
  SubmodelSolution upper;
  SubmodelSolution lower;
  Coupling coupling = Coupling::every_variable;
  /// The lower model with the targets of the upper one and nothing else of it: its optimum is unique in value, so that
  /// no solver's choice between plans of equal worth shows in it.
  SubmodelSolution uncoupled;
};

/// Interval two-stage stochastic programming by two interacting linear programs, the upper one first. Targets are
/// W- + u (W+ - W-) with u free in the upper model and fixed in the lower; there no use of groundwater or diverted water
/// exceeds, and no shortage falls below, that of the upper model.
///
/// Huang and Loucks 2000, doi:10.1080/02630250008970277.
/// Differs from the paper: costs, energies and the limit of energy take their lower ends together in the upper model and
/// their upper ends in the lower one. Where the lower model has no solution the shortages are let go, then all but the
/// targets.
IntervalSolution solve_interval_program(const IndustrialCase& industrial, std::size_t energy_scenario,
                                        std::size_t risk_level);

}  // namespace millrace
