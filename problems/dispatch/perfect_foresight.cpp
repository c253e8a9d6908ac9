#include "problems/dispatch/perfect_foresight.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "engine/exact/clp_solver.hpp"
#include "engine/exact/dual_bound.hpp"
#include "problems/dispatch/dispatch_program.hpp"
#include "problems/dispatch/repair_schedules.hpp"
#include "problems/dispatch/totals.hpp"

namespace millrace {
namespace {

Futures only(const Futures& futures, std::size_t future) {
  Futures one(1, futures.hours());
  for (std::size_t t = 0; t < futures.hours(); ++t) {
    one.carbon(0)[t] = futures.carbon(future)[t];
    one.renewable(0)[t] = futures.renewable(future)[t];
  }
  return one;
}

/// The total of a schedule in the simulator, after repair, which mends what is short by the tangents' error.
double reached(const DispatchModel& model, const Futures& future, std::vector<double>& schedule) {
  AlignedVector<double> lanes(schedule.size() * kLanes);
  for (std::size_t j = 0; j < schedule.size(); ++j) std::fill_n(lanes.data() + j * kLanes, kLanes, schedule[j]);
  repair_schedules(model, future, lanes.data());
  for (std::size_t j = 0; j < schedule.size(); ++j) schedule[j] = lanes[j * kLanes];
  DispatchWork work;
  simulate_schedules(model, future, lanes.data(), work);
  return totals_of(model, work, 0, 0).total;
}

/// What differs between futures: the balances' right-hand sides and the price of thermal carbon.
void set_future(ClpSolver& solver, const DispatchProgram& program, std::span<const double> costs) {
  for (std::size_t t = 0; t < program.balance_rows.size(); ++t) {
    const LinearForm::Row& row = program.form.rows[program.balance_row(t)];
    solver.set_row_bounds(program.balance_row(t), row.lower, row.upper);
  }
  for (std::size_t j = 0; j < costs.size(); ++j) solver.set_cost(j, costs[j]);
}

}  // namespace

std::vector<ForesightBound> perfect_foresight(const DispatchModel& model, const Futures& futures,
                                              std::size_t tangents) {
  const DispatchProgramOptions options{.tangents = tangents, .total = true};
  ClpSolver solver(LinearProgram::from(dispatch_program(model, futures, 0, options).form));
  std::vector<ForesightBound> bounds;
  std::vector<double> reduced;
  for (std::size_t s = 0; s < futures.count(); ++s) {
    const DispatchProgram program = dispatch_program(model, futures, s, options);
    std::vector<double> costs(program.form.columns.size(), 0.0);
    program.form.objective_terms.add_multiple(0, 1.0, costs);
    set_future(solver, program, costs);
    if (const LpStatus status = solver.solve_dual(); status != LpStatus::optimal)
      throw std::runtime_error(fmt::format("the program of perfect foresight has no optimum: {}", name_of(status)));
    ForesightBound bound;
    const std::array<double, 1> weight = {1.0};
    bound.lower_gbp = dual_bound(program.form, weight, solver.row_duals(), reduced);
    bound.schedule = program_schedule(model, program, solver.columns());
    bound.reached_gbp = reached(model, only(futures, s), bound.schedule);
    bounds.push_back(std::move(bound));
  }
  return bounds;
}

}  // namespace millrace
