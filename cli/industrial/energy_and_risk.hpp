#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "problems/industrial/industrial_case.hpp"

namespace millrace::cli {

/// A scenario of an industrial case: limit of energy and level of risk, "S0R1".
struct EnergyAndRisk {
  std::size_t energy = 0;
  std::size_t risk = 0;
};

std::string name_of(const IndustrialCase& industrial, const EnergyAndRisk& scenario);

/// Every scenario of the case, energy first.
std::vector<EnergyAndRisk> every_scenario(const IndustrialCase& industrial);

/// The last level of risk with the last limit of energy that is none; the last of all where every one limits.
EnergyAndRisk unlimited_scenario(const IndustrialCase& industrial);

/// The scenarios of those names, or `otherwise` where there are none. Throws UsageError for a name that is unknown or
/// occurs twice.
std::vector<EnergyAndRisk> energy_and_risk(const IndustrialCase& industrial, const std::vector<std::string>& names,
                                           const std::vector<EnergyAndRisk>& otherwise);

}  // namespace millrace::cli
