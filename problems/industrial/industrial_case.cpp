#include "problems/industrial/industrial_case.hpp"

namespace millrace {
namespace {

template <class Item>
std::optional<std::size_t> index_of(const std::vector<Item>& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].name == name) return i;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> IndustrialCase::energy_scenario_index(std::string_view scenario) const {
  return index_of(energy_scenarios, scenario);
}

std::optional<std::size_t> IndustrialCase::risk_level_index(std::string_view risk_level) const {
  return index_of(risk_levels, risk_level);
}

}  // namespace millrace
