#pragma once

#include <span>

#include "problems/case/builtin_case.hpp"

namespace millrace {

/// The built-in dispatch cases.
std::span<const BuiltinCase> dispatch_cases();

}  // namespace millrace
