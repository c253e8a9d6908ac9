#pragma once

#include <span>

#include "problems/case/builtin_case.hpp"

namespace millrace {

/// The built-in urban cases.
std::span<const BuiltinCase> urban_cases();

}  // namespace millrace
