#pragma once

#include <span>

#include "problems/case/builtin_case.hpp"

namespace millrace {

/// Every industrial case file of the library, sorted by name.
std::span<const BuiltinCase> industrial_cases();

}  // namespace millrace
