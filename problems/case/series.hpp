#pragma once

#include <vector>

namespace millrace {

/// One value a scenario, in the order in which the case names its scenarios.
using Series = std::vector<double>;

}  // namespace millrace
