#pragma once

#include <span>

#include "problems/case/builtin_case.hpp"

namespace millrace {

/// The built-in cases of industrial parks: park_steel and networks from the literature.
std::span<const BuiltinCase> park_cases();

}  // namespace millrace
