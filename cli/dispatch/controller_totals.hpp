#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/data/decision_rows.hpp"
#include "engine/parallel/workers.hpp"
#include "problems/dispatch/dispatch_problem.hpp"

namespace millrace::cli {

/// A controller with its numbers.
struct NamedController {
  std::string name;
  DispatchController kind = DispatchController::schedule;
  std::vector<double> x;
};

/// The same three controls in every hour.
NamedController fixed_controller(const FixedPolicy& policy, std::size_t hours);

/// Totals of controllers in futures.
struct ControllerTotals {
  std::size_t futures = 0;
  std::vector<DispatchTotals> values;
  const DispatchTotals& at(std::size_t controller, std::size_t future) const {
    return values[controller * futures + future];
  }
};

/// Every row of `x` in every future, 64 rows at a time. The same bits for any number of threads.
ControllerTotals totals_of_all(const DispatchModel& model, const Futures& futures, DispatchController kind,
                               const DecisionRows& x, Workers& workers);
std::vector<DispatchTotals> totals_of_one(const DispatchModel& model, const Futures& futures,
                                          const NamedController& controller);

/// What the values of one quantity of one controller look like over the futures.
struct Spread {
  double mean = 0.0, deviation = 0.0, quantile95 = 0.0, cvar = 0.0, worst = 0.0;
};
Spread spread_of(std::vector<double> values, double tail);
/// Of the totals of a controller.
std::vector<double> values_of(std::span<const DispatchTotals> totals, double DispatchTotals::*member);
double violating_share(std::span<const DispatchTotals> totals);

}  // namespace millrace::cli
