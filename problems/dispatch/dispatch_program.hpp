#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/problem/linear_form.hpp"
#include "problems/dispatch/dispatch_model.hpp"

namespace millrace {

/// Columns of an hour of the program.
struct ProgramColumn {
  enum : std::size_t { captured, energy, fresh, reclaimed, unmet, thermal, hydro, pumped, deficit, reservoir, count };
};

struct DispatchProgramOptions {
  /// Tangents of the capture's energy, at least 1.
  std::size_t tangents = 32;
  /// What is minimised: the total alone, with broken balances at their fines; or operating cost, carbon and water with
  /// every balance kept.
  bool total = true;
};

/// A plant of the profile `physical` in one future as a linear program: what any controller could do at best.
///
/// It relaxes the simulator: balances are inequalities, energy of capture, convex in the rate, is above its tangents
/// instead of equal to itself, and what the simulator derives from shares is free. Whatever the simulator can do is
/// feasible here at the same or a lower cost, so that the program's optimum is a bound for every controller.
struct DispatchProgram {
  LinearForm form;
  /// The energy of capture is at most so much above its tangents, in any hour: the largest height of the curve over the
  /// corners of the tangents, where the difference of a convex function and two of its tangents is largest.
  double energy_error_MWh = 0.0;
  /// The optimum of the total with the curve itself is at most so much above the program's: the missing energy and its
  /// cooling, bought from thermal power and reclaimed water (at the fine for unmet water where that is limited).
  double total_error_gbp = 0.0;

  std::size_t column(std::size_t hour, std::size_t quantity) const { return hour * ProgramColumn::count + quantity; }
  /// Row of the balance of energy of an hour.
  std::size_t balance_row(std::size_t hour) const { return balance_rows[hour]; }
  std::vector<std::size_t> balance_rows;
};

/// Throws std::invalid_argument for the profile `table2`, whose hydropower is not free.
DispatchProgram dispatch_program(const DispatchModel& model, const Futures& futures, std::size_t future,
                                 const DispatchProgramOptions& options = {});

/// The program's columns as a schedule of the simulator, 3 * hours controls: the same capture, thermal power and
/// reclaimed water, with the energy of capture that they really take.
std::vector<double> program_schedule(const DispatchModel& model, const DispatchProgram& program,
                                     std::span<const double> columns);

}  // namespace millrace
