#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace millrace {

/// A small case that loads; tests spoil it one line at a time. Line 1 is "[case]".
inline constexpr std::string_view kSmallCase = R"([case]
name = "small"
scenarios = ["dry", "wet"]
objectives = ["carbon", "benefit", "shortage", "wastewater", "groundwater", "quality", "energy"]

[units]
volume = "1e4 m3"
money = "1e4 yuan"

[[sources]]
name = "river"
available = [60, 80]
carbon_kg_per_m3 = 0.5
quality_g_per_m3 = 20
energy_kwh_per_m3 = 0.2
links = ["farms", "town"]
link_capacity = { town = 50 }
link_energy_kwh_per_m3 = { farms = [0.4, 0.3] }

[[sources]]
name = "wells"
available = 70
use_rate = 0.1
groundwater = true
carbon_kg_per_m3 = 1.5
quality_g_per_m3 = 5
energy_kwh_per_m3 = 0.9
links = ["town"]

[[users]]
name = "town"
demand = [50, 55]
benefit_per_m3 = 6
shortage_weight = 0.7
discharge = 0.8
carbon_kg_per_m3 = 2

[[users]]
name = "farms"
demand = 40
demand_lower = 0.5
benefit_per_m3 = 2
shortage_weight = 0.3
discharge = 0
carbon_kg_per_m3 = 0.1
)";

/// kSmallCase with the first `from` replaced by `to`; `from` must occur.
inline std::string small_case_with(std::string_view from, std::string_view to) {
  std::string text(kSmallCase);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the small case: " + std::string(from));
  return text.replace(at, from.size(), to);
}

}  // namespace millrace
