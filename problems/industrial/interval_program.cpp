#include "problems/industrial/interval_program.hpp"

#include <algorithm>
#include <stdexcept>

namespace millrace {
namespace {

/// One model, solved again and again within other bounds.
class Submodel {
 public:
  Submodel(const IndustrialCase& industrial, const InstanceOptions& options)
      : instance_(make_instance(industrial, options)), at_(instance_),
        form_(make_allocation_program(instance_, {IndustrialObjective::benefit})), program_(program_of(form_)) {}

  const PlanLayout& layout() const { return at_; }
  const IndustrialInstance& instance() const { return instance_; }

  SubmodelSolution solve() const { return solve(program_); }

  /// Within what the plan of the upper model leaves.
  SubmodelSolution solve_below(const std::vector<double>& plan, Coupling coupling) const {
    LinearProgram program = program_;
    for (std::size_t t = 0; t < at_.periods; ++t)
      for (std::size_t u = 0; u < at_.users; ++u) {
        const std::size_t target = at_.target(t, u);
        program.lower[target] = program.upper[target] = plan[target];
        if (coupling == Coupling::targets_only) continue;
        for (const std::size_t other : {at_.ground(t, u), at_.diverted(t, u)})
          program.upper[other] = std::min(program.upper[other], std::max(0.0, plan[other]));
        if (coupling == Coupling::without_shortages) continue;
        const double most = plan[target] - instance_.cell(t, u).target_least;
        for (std::size_t h = 0; h < at_.levels; ++h) {
          const std::size_t shortage = at_.shortage(t, h, u);
          program.lower[shortage] = std::clamp(plan[shortage], 0.0, std::max(0.0, most));
        }
      }
    return solve(program);
  }

 private:
  static LinearProgram program_of(const LinearForm& form) {
    LinearProgram program = LinearProgram::from(form);
    form.objective_terms.add_multiple(0, 1.0, program.cost);
    return program;
  }

  SubmodelSolution solve(const LinearProgram& program) const {
    SubmodelSolution solution;
    ClpSolver solver(program);
    const LpStatus status = solver.solve_dual();
    if (status == LpStatus::optimal) {
      solution.solved = true;
      solution.plan.assign(solver.columns().begin(), solver.columns().begin() + static_cast<long>(at_.variables()));
      solution.benefit = -form_.objective(0, solver.columns());
    } else if (status == LpStatus::infeasible) {
      solution.conflict = find_conflict(program, form_.rows);
    } else {
      throw std::runtime_error("interval program: the program is " + std::string(name_of(status)));
    }
    return solution;
  }

  IndustrialInstance instance_;
  PlanLayout at_;
  LinearForm form_;
  LinearProgram program_;
};

}  // namespace

std::string_view name_of(Coupling coupling) {
  switch (coupling) {
    case Coupling::every_variable: return "every variable";
    case Coupling::without_shortages: return "targets, groundwater and diverted water";
    case Coupling::targets_only: break;
  }
  return "targets only";
}

IntervalSolution solve_interval_program(const IndustrialCase& industrial, std::size_t energy_scenario,
                                        std::size_t risk_level) {
  const auto options = [&](double lambda) {
    return InstanceOptions{.lambda = lambda, .energy_scenario = energy_scenario, .risk_level = risk_level};
  };
  IntervalSolution solution;
  solution.upper = Submodel(industrial, options(1.0)).solve();
  if (!solution.upper.solved) return solution;
  const Submodel lower(industrial, options(0.0));
  solution.uncoupled = lower.solve_below(solution.upper.plan, Coupling::targets_only);
  for (const Coupling coupling : {Coupling::every_variable, Coupling::without_shortages, Coupling::targets_only}) {
    solution.coupling = coupling;
    solution.lower =
        coupling == Coupling::targets_only ? solution.uncoupled : lower.solve_below(solution.upper.plan, coupling);
    if (solution.lower.solved) break;
  }
  return solution;
}

}  // namespace millrace
