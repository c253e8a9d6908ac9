#pragma once

#include <array>
#include <cstddef>

#include "engine/data/tile.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/objectives.hpp"

namespace millrace {

/// One period of 64 plans: user u's 64 lanes are at u * kLanes of every column.
template <class Value>
struct PeriodColumns {
  Value* target = nullptr;
  Value* ground = nullptr;
  Value* diverted = nullptr;
  /// By level.
  std::array<Value*, kMostLevels> shortage{};

  operator PeriodColumns<const Value>() const {
    PeriodColumns<const Value> read{target, ground, diverted, {}};
    for (std::size_t h = 0; h < kMostLevels; ++h) read.shortage[h] = shortage[h];
    return read;
  }
};
using PeriodPlan = PeriodColumns<const double>;
using EditablePeriod = PeriodColumns<double>;

/// What a plan can break. Each is the sum of all breaches of its kind as shares of what is limited.
enum class PlanLimit : unsigned char { surface, ground, diverted, least_surface, floor, ceiling, energy };
inline constexpr std::size_t kPlanLimits = 7;

/// Sums over the periods, 64 lanes each.
struct PlanTotals {
  alignas(kAlignment) double objectives[kLinearObjectives][kLanes];
  alignas(kAlignment) double limits[kPlanLimits][kLanes];

  double* objective(IndustrialObjective o) { return objectives[static_cast<std::size_t>(o) - 1]; }
  double* limit(PlanLimit l) { return limits[static_cast<std::size_t>(l)]; }
};

/// Adds what period t brings to the totals in one pass over the users: every column is read once. Each user's expected
/// missing water of the period is added to `missing` (users columns of 64 lanes) unless that is null. O(users levels).
void add_period(const IndustrialInstance& instance, std::size_t t, const PeriodPlan& plan, PlanTotals& totals,
                double* missing);

/// Moves one period of 64 plans towards feasibility; a plan that is feasible stays where it is. In this order:
/// shortages leave every least target and, with groundwater, bring every supply into its band; diverted water is scaled
/// to what there is, the rest becomes groundwater; groundwater beyond what there is goes first where it is not needed,
/// then shortages are taken back so that less of it is, and then it becomes surface or diverted water; last, shortages at every level take what exceeds the surface water, least
/// penalty first. With no shortages to begin with these are the cheapest possible ones, because then each level asks for
/// one sum (a fractional knapsack). Energy is not looked at. O(users levels).
void repair_period(const IndustrialInstance& instance, std::size_t t, const EditablePeriod& plan);

}  // namespace millrace
