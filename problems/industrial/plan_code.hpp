#pragma once

#include <cstddef>
#include <string_view>

#include "engine/data/tile.hpp"
#include "engine/problem/spec.hpp"
#include "problems/industrial/allocation_program.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/plan_kernels.hpp"

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
  places
};
std::string_view name_of(PlanEncoding encoding);
/// Throws std::invalid_argument.
PlanEncoding plan_encoding(std::string_view name);

/// Between decisions and plans.
class PlanCode {
 public:
  PlanCode(const IndustrialInstance& instance, PlanEncoding encoding);

  /// Bounds, names and unit of the variables.
  void describe(const IndustrialInstance& instance, ProblemSpec& spec) const;
  /// Period t of the plans that the decisions stand for, not repaired. Not for the full encoding, whose decisions are
  /// plans (in_place).
  void decode(const IndustrialInstance& instance, const Tile& tile, std::size_t t, const EditablePeriod& plan) const;
  /// Writes period t of plans back as decisions of first_stage; those of `places` stay as they are.
  void encode(const EditablePeriod& plan, std::size_t t, Tile& tile) const;
  /// Period t of a tile of the full encoding.
  EditablePeriod in_place(Tile& tile, std::size_t t) const;
  PeriodPlan in_place(const Tile& tile, std::size_t t) const;

 private:
  void describe_cells(const IndustrialInstance& instance, ProblemSpec& spec) const;
  void describe_places(const IndustrialInstance& instance, ProblemSpec& spec) const;
  void decode_places(const IndustrialInstance& instance, const Tile& tile, std::size_t t,
                     const EditablePeriod& plan) const;
  void promise_surface(const IndustrialInstance& instance, const Tile& tile, std::size_t t, std::size_t r,
                       const EditablePeriod& plan) const;
  std::size_t promised(std::size_t t, std::size_t r) const { return at_.cells() + t * (regions_ + 1) + r; }
  std::size_t diverted(std::size_t t) const { return promised(t, regions_); }

  PlanEncoding encoding_;
  PlanLayout at_;
  std::size_t regions_;
};

}  // namespace millrace
