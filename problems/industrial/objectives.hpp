#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/problem/spec.hpp"

namespace millrace {

/// What an industrial plan is judged by. Numbers as they are written in sets, 1 to 8.
enum class IndustrialObjective : unsigned char {
  /// Expected net benefit, 1e6 RMB over all periods.
  benefit = 1,
  /// Energy of supply and treatment without reuse, 1e6 kWh.
  energy,
  /// Mean comprehensive risk, %: gamma times what is missing over all requirements.
  risk,
  /// Expected fresh water missing, 1e6 m3.
  shortage,
  groundwater,
  wastewater,
  /// kt CO2, reuse and wastewater included.
  carbon,
  /// Gini coefficient of the users' expected shortages as shares of their requirements: no linear program.
  equity
};

inline constexpr std::size_t kIndustrialObjectives = 8;
/// Those that a linear program knows.
inline constexpr std::size_t kLinearObjectives = 7;

using ObjectiveSet = std::vector<IndustrialObjective>;

std::string_view name_of(IndustrialObjective objective);
/// Name, unit and sense.
ObjectiveSpec objective_spec(IndustrialObjective objective);

/// A set by its name (planner, supply, environment, all, equity), or a list of names or numbers: "1,2,4" or
/// "benefit,energy,shortage". Throws std::invalid_argument with what may be written.
ObjectiveSet objective_set(std::string_view text);
/// "planner = 1,2,3,5,7" and so on.
std::vector<std::string> objective_set_names();

}  // namespace millrace
