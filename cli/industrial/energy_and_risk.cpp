#include "cli/industrial/energy_and_risk.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/exit_code.hpp"

namespace millrace::cli {

std::string name_of(const IndustrialCase& industrial, const EnergyAndRisk& scenario) {
  return industrial.energy_scenarios[scenario.energy].name + industrial.risk_levels[scenario.risk].name;
}

std::vector<EnergyAndRisk> every_scenario(const IndustrialCase& industrial) {
  std::vector<EnergyAndRisk> all;
  for (std::size_t e = 0; e < industrial.energy_scenarios.size(); ++e)
    for (std::size_t r = 0; r < industrial.risk_levels.size(); ++r) all.push_back({e, r});
  return all;
}

EnergyAndRisk unlimited_scenario(const IndustrialCase& industrial) {
  const std::size_t risk = industrial.risk_levels.size() - 1;
  for (std::size_t e = industrial.energy_scenarios.size(); e-- > 0;)
    if (industrial.energy_scenarios[e].limit.empty()) return {e, risk};
  return {industrial.energy_scenarios.size() - 1, risk};
}

std::vector<EnergyAndRisk> energy_and_risk(const IndustrialCase& industrial, const std::vector<std::string>& names,
                                           const std::vector<EnergyAndRisk>& otherwise) {
  if (names.empty()) return otherwise;
  const std::vector<EnergyAndRisk> all = every_scenario(industrial);
  std::vector<std::string> known;
  for (const EnergyAndRisk& scenario : all) known.push_back(name_of(industrial, scenario));
  std::vector<EnergyAndRisk> chosen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), names[i]);
    if (found == known.end())
      throw UsageError(fmt::format("--scenario: case '{}' has no '{}'; it has {}", industrial.name, names[i],
                                   fmt::join(known, ", ")));
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      throw UsageError(fmt::format("--scenario: '{}' is named twice; write it once", names[i]));
    chosen.push_back(all[static_cast<std::size_t>(found - known.begin())]);
  }
  return chosen;
}

}  // namespace millrace::cli
