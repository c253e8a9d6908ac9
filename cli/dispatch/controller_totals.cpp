#include "cli/dispatch/controller_totals.hpp"

#include <algorithm>
#include <cmath>

namespace millrace::cli {

NamedController fixed_controller(const FixedPolicy& policy, std::size_t hours) {
  NamedController controller{std::string(policy.name), DispatchController::schedule, {}};
  for (std::size_t t = 0; t < hours; ++t)
    controller.x.insert(controller.x.end(), policy.controls.begin(), policy.controls.end());
  return controller;
}

ControllerTotals totals_of_all(const DispatchModel& model, const Futures& futures, DispatchController kind,
                               const DecisionRows& x, Workers& workers) {
  ControllerTotals totals{futures.count(), std::vector<DispatchTotals>(x.rows() * futures.count())};
  workers.for_blocks(x.rows(), kLanes, [&](std::size_t begin, std::size_t end) {
    std::vector<Slot> slots;
    for (std::size_t i = begin; i < end; ++i) slots.push_back(static_cast<Slot>(i));
    Tile tile(x.variables());
    tile.gather(x, slots);
    DispatchWork work;
    simulate_controllers(model, futures, kind, tile.column(0), work);
    for (std::size_t i = begin; i < end; ++i)
      for (std::size_t s = 0; s < futures.count(); ++s)
        totals.values[i * futures.count() + s] = totals_of(model, work, s, i - begin);
  });
  return totals;
}

std::vector<DispatchTotals> totals_of_one(const DispatchModel& model, const Futures& futures,
                                          const NamedController& controller) {
  DecisionRows row(1, controller.x.size());
  std::copy(controller.x.begin(), controller.x.end(), row.row_data(0));
  Workers workers(1);
  return totals_of_all(model, futures, controller.kind, row, workers).values;
}

Spread spread_of(std::vector<double> values, double tail) {
  Spread spread;
  const auto n = static_cast<double>(values.size());
  spread.mean = measure_of(RiskMeasure::mean, values, tail);
  double squares = 0.0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = values.size() > 1 ? std::sqrt(squares / (n - 1.0)) : 0.0;
  spread.quantile95 = quantile_of(values, 0.95);
  spread.cvar = measure_of(RiskMeasure::cvar, values, tail);
  spread.worst = values.back();
  return spread;
}

std::vector<double> values_of(std::span<const DispatchTotals> totals, double DispatchTotals::*member) {
  std::vector<double> values;
  for (const DispatchTotals& total : totals) values.push_back(total.*member);
  return values;
}

double violating_share(std::span<const DispatchTotals> totals) {
  const auto violating =
      std::count_if(totals.begin(), totals.end(), [](const DispatchTotals& t) { return t.violation > kNoViolation; });
  return static_cast<double>(violating) / static_cast<double>(totals.size());
}

}  // namespace millrace::cli
