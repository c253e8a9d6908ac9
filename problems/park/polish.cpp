#include "problems/park/polish.hpp"

#include <algorithm>
#include <cmath>

#include "problems/park/flow_program.hpp"

namespace millrace {
namespace {

/// Violation that an evaluation may have and still be feasible: the tolerance of the problem's constraints.
constexpr double kFeasible = 1e-9;

/// Flows that are only what the solver rounds: none. A drop of dirty water would break the limit of an empty outfall.
void drop_rounding(const ParkSystem& system, ParkDesign& design) {
  const double least = 3e-6 * system.network.flow_floor;
  for (double& flow : design.arcs)
    if (flow < least) flow = 0.0;
}

/// Concentrations of a design; those of ports that nothing leaves keep what `otherwise` says.
std::vector<double> conc_of(const ParkSystem& system, const ParkDesign& design, const std::vector<double>& otherwise) {
  const ParkStates states = states_of(system, design);
  const std::size_t count = system.network.contaminants;
  std::vector<double> conc = otherwise;
  for (std::size_t p = 0; p < system.network.ports(); ++p) {
    const double flow = states.ports[p * (1 + count)];
    for (std::size_t k = 0; flow > 1e-7 && k < count; ++k)
      conc[p * count + k] = states.ports[p * (1 + count) + 1 + k] / flow;
  }
  return conc;
}

/// Water of a unit that is idle is taken as half as dirty as it may be.
std::vector<double> idle_conc(const ParkSystem& system, const FlowProgram& program) {
  std::vector<double> conc;
  for (std::size_t p = 0; p < system.network.ports(); ++p)
    for (std::size_t k = 0; k < system.network.contaminants; ++k)
      conc.push_back(p < system.park.sources.size() ? program.most_conc(p, k) : 0.5 * program.most_conc(p, k));
  return conc;
}

std::vector<bool> switched_off(const ParkSystem& system, std::span<const double> decision) {
  std::vector<bool> off;
  for (const std::uint32_t gene : system.network.switch_gene) off.push_back(gene != kNone && decision[gene] < 0.5);
  return off;
}

/// One descent from a design; false where the solver fails at its start.
bool descend(const ParkSystem& system, FlowProgram& program, const PolishOptions& options, ParkPoint& point) {
  point.conc = conc_of(system, point.design, point.conc);
  auto start = program.solve(point, 0.0);
  if (!start) return false;
  point = std::move(*start);
  double merit = program.merit(point);
  double change = options.first_change;
  for (std::size_t step = 0; step < options.steps && change >= options.least_change; ++step) {
    point.conc = conc_of(system, point.design, point.conc);
    const auto moved = program.solve(point, change);
    if (moved && program.promised() > merit - options.least_gain * std::max(1.0, std::abs(merit))) break;
    const auto restored = moved ? program.solve(*moved, 0.0) : std::nullopt;
    const double reached = restored ? program.merit(*restored) : merit;
    if (reached < merit - options.least_gain * std::max(1.0, std::abs(merit))) {
      point = *restored;
      merit = reached;
      change *= 1.5;
    } else {
      change /= 3.0;
    }
  }
  return true;
}

}  // namespace

PolishedDesign polish_decision(const ParkSystem& system, std::span<double> decision, std::size_t objective,
                               std::span<const double> limits, const PolishOptions& options) {
  PolishedDesign result;
  ParkEvaluation now = evaluate_decision(system, decision);
  const double start_violation = now.violation;
  FlowProgram program(system, now.design, switched_off(system, decision));
  program.aim(objective, limits);
  ParkPoint point{now.design, idle_conc(system, program)};
  std::vector<double> trial(decision.begin(), decision.end());
  const std::size_t rounds = system.hybrid() ? options.rounds : 1;
  bool found = false;
  for (std::size_t round = 0; round < rounds; ++round) {
    if (!descend(system, program, options, point)) break;
    drop_rounding(system, point.design);
    encode(system, point.design, trial);
    now = evaluate_decision(system, trial);
    found = true;
    if (now.violation <= kFeasible && round > 0) break;
    point.design.split = now.design.split;
    point.design.account = now.design.account;
  }
  result.programs = program.programs();
  if (!found || now.violation > std::max(kFeasible, start_violation)) return result;
  std::copy(trial.begin(), trial.end(), decision.begin());
  result.moved = true;
  return result;
}

}  // namespace millrace
