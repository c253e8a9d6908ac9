#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/problem/spec.hpp"
#include "problems/industrial/allocation_program.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/plan_kernels.hpp"
#include "problems/industrial/supply_merits.hpp"

namespace millrace {

/// What a decision holds.
enum class PlanEncoding {
  /// The whole plan, shortages included, in the order of PlanLayout: (3 + levels) variables a user and period.
  full,
  /// Targets, supplies and diverted water: 3 variables a user and period. Groundwater is what the supply needs besides;
  /// the plan is repaired, and shortages are then the cheapest possible ones (repair_period).
  first_stage,
  /// The place of every user's supply in its band in the first period and how it changes until each later one, and by
  /// period the surface water promised in each region and the diverted water taken in all: users + regions + 1 variables
  /// a period. The floor, the requirement and the ceiling are each a stretch of places and small changes are none,
  /// because the plans of a front have nearly all users there and most of them in one place for all periods. Surface
  /// water is promised by rising penalty, first as much as a user could go without at a low level; diverted water is
  /// shared in proportion to what a supply needs besides; the rest as for first_stage.
  places,
  /// Weights of the objectives by period, by which users are supplied (SupplyMerits), the water that each region gives
  /// in all, and the totals of `places`; surface and diverted water are handed out as there.
  merits
};
std::string_view name_of(PlanEncoding encoding);
/// Throws std::invalid_argument.
PlanEncoding plan_encoding(std::string_view name);

/// Between decisions and plans.
class PlanCode {
 public:
  PlanCode(const IndustrialInstance& instance, PlanEncoding encoding, const ObjectiveSet& objectives);

  /// Bounds, names and unit of the variables.
  void describe(const IndustrialInstance& instance, ProblemSpec& spec) const;
  /// Period t of the plans that the decisions stand for, not repaired. Not for the full encoding, whose decisions are
  /// plans (in_place).
  void decode(const IndustrialInstance& instance, const Tile& tile, std::size_t t, const EditablePeriod& plan) const;
  /// Writes period t of plans back as decisions of first_stage; those of `places` stay as they are.
  void encode(const EditablePeriod& plan, std::size_t t, Tile& tile) const;
  /// The decision that stands for a plan (in the order of PlanLayout) of which objective number `anchor` is the best
  /// there is: the plan itself for full; its targets, supplies and diverted water for first_stage; its supplies and
  /// totals for places; for merits the weight of that objective and its totals. What the encoding hands out by its own
  /// rule may come out otherwise than in the plan, so that all but full stand for plans near it.
  std::vector<double> decision_of(const IndustrialInstance& instance, std::span<const double> plan,
                                  std::size_t anchor) const;
  /// Period t of a tile of the full encoding.
  EditablePeriod in_place(Tile& tile, std::size_t t) const;
  PeriodPlan in_place(const Tile& tile, std::size_t t) const;

 private:
  void describe_cells(const IndustrialInstance& instance, ProblemSpec& spec) const;
  void describe_places(const IndustrialInstance& instance, ProblemSpec& spec) const;
  void describe_totals(const IndustrialInstance& instance, ProblemSpec& spec) const;
  void place_supplies(const IndustrialInstance& instance, const Tile& tile, std::size_t t, double* supply) const;
  std::vector<double> places_of(const IndustrialInstance& instance, std::span<const double> supply) const;
  void decode_totals(const IndustrialInstance& instance, const Tile& tile, std::size_t t,
                     const EditablePeriod& plan) const;
  void promise_surface(const IndustrialInstance& instance, const Tile& tile, std::size_t t, std::size_t r,
                       const EditablePeriod& plan) const;
  std::size_t promised(std::size_t t, std::size_t r) const { return totals_from_ + t * (regions_ + 1) + r; }
  std::size_t diverted(std::size_t t) const { return promised(t, regions_); }

  PlanEncoding encoding_;
  PlanLayout at_;
  std::size_t regions_;
  SupplyMerits merits_;
  /// The first variable of the totals.
  std::size_t totals_from_;
};

}  // namespace millrace
