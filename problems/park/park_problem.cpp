#include "problems/park/park_problem.hpp"

#include <fmt/format.h>

#include "problems/park/polish.hpp"

namespace millrace {
namespace {

/// What a limit may be exceeded by, relative to it: the rounding of a polished design that lies on its limits.
constexpr double kTolerance = 1e-9;

std::string constraint_name(const ParkSystem& system, const ParkConstraint& constraint) {
  const std::size_t i = constraint.index;
  switch (constraint.kind) {
    case ParkConstraint::Kind::quality: return system.park.nodes[i].id + " quality";
    case ParkConstraint::Kind::capacity: return system.park.nodes[i].id + " capacity";
    case ParkConstraint::Kind::least_flow: return system.park.treatments[i].id + " least flow";
    case ParkConstraint::Kind::supply: return system.park.freshwater[i].id + " available";
    case ParkConstraint::Kind::extrapolation: return system.park.treatments[i].id + " within data";
    case ParkConstraint::Kind::balance: break;
  }
  return "balance";
}

std::string digest_of(const ParkSystem& system) {
  std::string digest = fmt::format("sweeps = {}\npiping = {} above {}\nobjectives =", system.sweeps,
                                   system.piping.charge, system.piping.least_flow);
  for (const ParkObjective objective : system.park.objectives) digest += fmt::format(" {}", name_of(objective));
  for (std::size_t t = 0; t < system.models.size(); ++t)
    if (system.models[t]) digest += fmt::format("\n{} = {}", system.park.treatments[t].id, system.models[t]->digest());
  return digest + "\n" + system.park.digest;
}

}  // namespace

ParkProblem::ParkProblem(ParkCase park, const ParkOptions& options)
    : system_(std::make_shared<const ParkSystem>(make_park_system(std::move(park), options))), columns_(*system_) {
  spec_.name = system_->park.name;
  spec_.bounds = Bounds(system_->genes());
  spec_.variable_names = system_->gene_names;
  for (const ParkObjective objective : system_->park.objectives)
    spec_.objectives.push_back(
        {std::string(name_of(objective)), objective_unit(system_->park, objective), Sense::minimise});
  for (const ParkConstraint& constraint : system_->constraints)
    spec_.constraints.push_back({constraint_name(*system_, constraint), "", 1.0, kTolerance});
  spec_.data_digest = digest_of(*system_);
}

void ParkProblem::evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const {
  balance_tile(*system_, columns_, tile, 0, scratch.lanes(columns_.count).data(), false, outcome);
}

RefinementWork ParkProblem::refine(std::span<double> decision, const RefinementAim& aim) const {
  const PolishedDesign polished = polish_decision(*system_, decision, aim.objective, aim.limits);
  return {polished.moved, polished.programs};
}

}  // namespace millrace
