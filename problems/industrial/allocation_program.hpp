#pragma once

#include <cstddef>

#include "engine/problem/linear_form.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/objectives.hpp"

namespace millrace {

/// Where the variables of a plan are, in a program and in a decision of the full encoding: kind v of user u in period t
/// is (v * periods + t) * users + u. Kinds: target of surface water, groundwater, diverted water, then the shortage at
/// each level.
struct PlanLayout {
  std::size_t periods = 0, levels = 0, users = 0;

  explicit PlanLayout(const IndustrialInstance& instance)
      : periods(instance.periods), levels(instance.levels), users(instance.users) {}
  std::size_t cells() const { return periods * users; }
  std::size_t variables() const { return (3 + levels) * cells(); }
  std::size_t at(std::size_t kind, std::size_t t, std::size_t u) const { return (kind * periods + t) * users + u; }
  std::size_t target(std::size_t t, std::size_t u) const { return at(0, t, u); }
  std::size_t ground(std::size_t t, std::size_t u) const { return at(1, t, u); }
  std::size_t diverted(std::size_t t, std::size_t u) const { return at(2, t, u); }
  std::size_t shortage(std::size_t t, std::size_t h, std::size_t u) const { return at(3 + h, t, u); }
};

/// The instance as a linear program with these objectives (equity is none: std::invalid_argument). Columns: the plan in
/// the order of PlanLayout, all of them decisions, then what is missing at each level where an objective asks for it.
/// Rows: surface water by region, period and level; groundwater; diverted water; shortage below the target's part above
/// its least; the band of supply; energy where it is limited. Names say so in words.
LinearForm make_allocation_program(const IndustrialInstance& instance, const ObjectiveSet& objectives);

}  // namespace millrace
