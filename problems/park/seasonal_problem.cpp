#include "problems/park/seasonal_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "problems/park/polish.hpp"

namespace millrace {

ParkCase case_in_season(const ParkCase& park, const ParkSeason& season) {
  ParkCase result = park;
  for (ParkProcess& unit : result.processes)
    if (unit.kind == ParkProcessKind::tower) {
      unit.loss *= season.tower_loss;
      // The same change, where a model says what is lost of it.
      unit.circulation *= season.tower_loss;
    }
  for (std::size_t s = 0; s < result.sources.size(); ++s) result.sources[s].flow *= season.source_flow[s];
  for (std::size_t w = 0; w < result.freshwater.size(); ++w) result.freshwater[w].max *= season.freshwater_max[w];
  return result;
}

SeasonalParkProblem::SeasonalParkProblem(const ParkCase& park, const ParkOptions& options) : piping_(options.piping) {
  if (park.seasons.empty()) throw std::invalid_argument(park.name + ": the case names no seasons");
  ParkOptions own = options;
  own.piping.charge = 0.0;
  for (const ParkSeason& season : park.seasons) {
    systems_.push_back(std::make_shared<const ParkSystem>(make_park_system(case_in_season(park, season), own)));
    shares_.push_back(season.share);
  }
  columns_ = BalanceColumns(*systems_.front());
  const ProblemSpec first = ParkProblem(park, options).spec();
  spec_ = first;
  spec_.name = park.name + " seasons";
  spec_.bounds = Bounds(first.bounds.variables() * seasons());
  spec_.variable_names.clear();
  spec_.constraints.clear();
  for (const ParkSeason& season : park.seasons) {
    for (const std::string& name : first.variable_names) spec_.variable_names.push_back(season.id + "_" + name);
    for (ConstraintSpec constraint : first.constraints) {
      constraint.name = season.id + " " + constraint.name;
      spec_.constraints.push_back(constraint);
    }
  }
  spec_.data_digest = "seasons\n" + first.data_digest;
}

void SeasonalParkProblem::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  const std::size_t size = columns_.count * kLanes;
  const std::span<double> work = scratch.doubles(size * seasons());
  const std::size_t objectives = systems_.front()->objectives.size();
  const std::size_t constraints = systems_.front()->constraints.size();
  thread_local Outcome own;
  if (own.objectives() != objectives || own.constraints() != constraints) own = Outcome(objectives, constraints);
  for (std::size_t m = 0; m < objectives; ++m) std::fill_n(outcome.objective(m), kLanes, 0.0);
  for (std::size_t s = 0; s < seasons(); ++s) {
    balance_tile(*systems_[s], columns_, tile, s * systems_[s]->genes(), work.data() + s * size, true, own);
    for (std::size_t m = 0; m < objectives; ++m)
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        outcome.objective(m)[lane] += shares_[s] * own.objective(m)[lane];
    for (std::size_t c = 0; c < constraints; ++c)
      std::copy_n(own.constraint(c), kLanes, outcome.constraint(s * constraints + c));
  }
  if (piping_.charge > 0.0) add_charges(work, outcome);
}

void SeasonalParkProblem::add_charges(std::span<const double> work, Outcome& outcome) const {
  const ParkSystem& first = *systems_.front();
  const std::size_t size = columns_.count * kLanes;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    double open = 0.0;
    for (std::size_t a = 0; a < first.network.arcs.size(); ++a) {
      double most = 0.0;
      for (std::size_t s = 0; s < seasons(); ++s)
        most = std::max(most, link_flow(first, columns_, work.data() + s * size, kLanes, a, lane));
      if (most > piping_.least_flow) open += 1.0;
    }
    for (std::size_t m = 0; m < first.objectives.size(); ++m)
      if (first.objectives[m].money) outcome.objective(m)[lane] += piping_.charge * open;
  }
}

RefinementWork SeasonalParkProblem::refine(std::span<double> decision, const RefinementAim& aim) const {
  RefinementWork work;
  const std::size_t genes = systems_.front()->genes();
  std::vector<std::vector<double>> now;
  std::vector<double> year(aim.limits.size(), 0.0);
  for (std::size_t s = 0; s < seasons(); ++s) {
    now.push_back(evaluate_decision(*systems_[s], decision.subspan(s * genes, genes)).objectives);
    for (std::size_t m = 0; m < year.size(); ++m) year[m] += shares_[s] * now[s][m];
  }
  for (std::size_t s = 0; s < seasons(); ++s) {
    std::vector<double> limits(aim.limits.begin(), aim.limits.end());
    for (std::size_t m = 0; m < limits.size(); ++m)
      if (std::isfinite(limits[m])) limits[m] += now[s][m] - year[m];
    const PolishedDesign polished =
        polish_decision(*systems_[s], decision.subspan(s * genes, genes), aim.objective, limits);
    work.moved = work.moved || polished.moved;
    work.programs += polished.programs;
  }
  return work;
}

}  // namespace millrace
