#pragma once

#include <string>

#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// The case as text of a case file; loading it gives an equal case.
std::string industrial_case_toml(const IndustrialCase& industrial);

}  // namespace millrace
