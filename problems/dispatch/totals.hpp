#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "problems/dispatch/simulation.hpp"

namespace millrace {

/// What a whole horizon comes to: the columns of the published table, and what they consist of.
struct DispatchTotals {
  double operating_cost = 0.0;
  double carbon_kg = 0.0;
  double water_m3 = 0.0;
  /// Unmet water, energy deficit, carbon and water at their prices.
  double fines = 0.0;
  double total = 0.0;
  /// The part of the fines that stands for broken balances: unmet water and energy deficit, GBP.
  double violation = 0.0;
  double unmet_m3 = 0.0;
  double deficit_MWh = 0.0;
  double captured_t = 0.0;
  double fresh_m3 = 0.0;
  double reclaimed_m3 = 0.0;
  double hydro_MWh = 0.0;
  double thermal_MWh = 0.0;
};

/// Violation up to here is rounding, GBP.
inline constexpr double kNoViolation = 1e-6;

/// Totals of one lane in one future of the last simulation.
DispatchTotals totals_of(const DispatchModel& model, const DispatchWork& work, std::size_t future, std::size_t lane);

/// Totals of the same three controls in every hour, in every future.
void constant_totals(const DispatchModel& model, const Futures& futures, std::span<const double, kControls> controls,
                     std::span<DispatchTotals> totals);

/// 64 equal schedules of the same three controls in every hour.
AlignedVector<double> constant_schedule(std::size_t hours, std::span<const double, kControls> controls);

/// Water-carbon marginal performance index, m3 of additional water a tonne of avoided carbon, against a plant `without`
/// capture: 1000 (water - without) / max(avoided kg, 1 % of what is emitted without).
double wcmpi(const DispatchTotals& with, const DispatchTotals& without);

/// A fixed policy: its three controls in every hour.
struct FixedPolicy {
  std::string_view name;
  std::array<double, kControls> controls;
};
/// No capture at the rule-based share of hydropower: what wcmpi compares with.
inline constexpr FixedPolicy kNoCapture = {"no_capture", {0.0, 0.2, 0.0}};
inline constexpr FixedPolicy kRuleBased = {"rule_based", {0.6, 0.2, 0.0}};
/// Where the published PPO agent ended: thermal off, everything else full.
inline constexpr FixedPolicy kCollapsed = {"ppo_collapse", {1.0, 1.0, 1.0}};

}  // namespace millrace
