#pragma once

#include <string>

#include "problems/industrial/instance.hpp"

namespace millrace {

/// 32 hexadecimal digits that change with any number of the instance. O(cells).
std::string instance_digest(const IndustrialInstance& instance);

}  // namespace millrace
