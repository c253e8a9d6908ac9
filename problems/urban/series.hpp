#pragma once

#include <vector>

namespace millrace {

/// One value a scenario, in the order of UrbanCase::scenarios.
using Series = std::vector<double>;

}  // namespace millrace
