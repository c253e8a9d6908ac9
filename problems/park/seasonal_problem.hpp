#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/problem/problem.hpp"
#include "problems/park/park_problem.hpp"

namespace millrace {

/// One network that is operated in another way in every season: the decision has the genes of each season one after the
/// other. Objectives are means over the year, by the seasons' shares of it; every season has its own constraints. A
/// link is charged once where any season opens it.
class SeasonalParkProblem {
 public:
  /// Throws std::invalid_argument where the case has no seasons, see also make_park_system.
  SeasonalParkProblem(const ParkCase& park, const ParkOptions& options);

  const ProblemSpec& spec() const { return spec_; }
  std::size_t seasons() const { return systems_.size(); }
  const ParkSystem& system(std::size_t season) const { return *systems_[season]; }
  double share(std::size_t season) const { return shares_[season]; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  /// Each season on its own, see polish_decision. A limit is what a season has now, moved by what the year must move:
  /// where every season keeps to its own, the year keeps to the whole.
  RefinementWork refine(std::span<double> decision, const RefinementAim& aim) const;

 private:
  void add_charges(std::span<const double> work, Outcome& outcome) const;

  std::vector<std::shared_ptr<const ParkSystem>> systems_;
  std::vector<double> shares_;
  BalanceColumns columns_;
  PipingCharge piping_;
  ProblemSpec spec_;
};

/// The case as it is in one of its seasons.
ParkCase case_in_season(const ParkCase& park, const ParkSeason& season);

}  // namespace millrace
