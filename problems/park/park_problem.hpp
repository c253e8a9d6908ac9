#pragma once

#include <memory>
#include <span>

#include "engine/problem/problem.hpp"
#include "problems/park/balance_columns.hpp"
#include "problems/park/park_system.hpp"

namespace millrace {

/// The network of an industrial park. Variables: genes in [0, 1], see docs/park.md: shares of the outlets of sources and
/// units, mixes of freshwaters, freshwater beyond what is needed, switches of optional treatments, set-points of units
/// with models. Freshwater itself is no variable: every consumer gets the least that meets its limits.
/// Objectives: those of the case or of the options. Constraints: relative excesses over what no rule can meet.
class ParkProblem {
 public:
  /// Throws std::invalid_argument, see make_park_system.
  ParkProblem(ParkCase park, const ParkOptions& options);

  const ProblemSpec& spec() const { return spec_; }
  const ParkSystem& system() const { return *system_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  /// See polish_decision.
  RefinementWork refine(std::span<double> decision, const RefinementAim& aim) const;

 private:
  std::shared_ptr<const ParkSystem> system_;
  BalanceColumns columns_;
  ProblemSpec spec_;
};

}  // namespace millrace
