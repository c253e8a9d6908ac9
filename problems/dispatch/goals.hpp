#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "problems/dispatch/totals.hpp"

namespace millrace {

/// What of a horizon is to be small.
enum class DispatchQuantity { operating_cost, carbon, water, violation, wcmpi, fines, total };

/// What of its values in several futures.
enum class RiskMeasure {
  mean,
  /// Conditional value at risk: mean of the worst share of the futures, at least one.
  cvar,
  worst,
  /// Share of the futures with any violation, whatever the quantity.
  violating_share
};

/// An objective of a dispatch problem. With one future all measures but the share are the value itself.
struct DispatchGoal {
  DispatchQuantity quantity = DispatchQuantity::total;
  RiskMeasure measure = RiskMeasure::mean;
  bool operator==(const DispatchGoal&) const = default;

  /// "carbon", "total_cvar", "total_worst", "violating_share".
  std::string name() const;
  /// "GBP", "kg CO2" ...
  std::string unit() const;
  /// Whether it grows where a balance is broken, so that no constraint has to forbid that.
  bool feels_violation() const;
};
/// Empty where the name is none.
std::optional<DispatchGoal> dispatch_goal(std::string_view name);
/// All names, for messages.
std::vector<std::string> dispatch_goal_names();

double quantity_of(DispatchQuantity quantity, const DispatchTotals& totals, const DispatchTotals& without);

/// A measure of values, whose order it may change. `tail` as in DispatchNoise. Sums in the order of rising values for
/// cvar, of the futures for the mean: the same bits whoever asks. `values` must not be empty; not for violating_share.
double measure_of(RiskMeasure measure, std::span<double> values, double tail);

/// The value that a share of the values does not exceed (nearest rank); sorts them.
double quantile_of(std::span<double> values, double share);

}  // namespace millrace
