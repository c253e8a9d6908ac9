#pragma once

#include <string>
#include <string_view>

#include "problems/case/case_error.hpp"
#include "problems/dispatch/dispatch_case.hpp"

namespace millrace {

/// The hours of a CSV file: a first line `hour,carbon_intensity_kg_per_MWh,renewable_MWh`, then the hours 0, 1, 2 ...
/// of one day or more whole days, each once and in order. Throws CaseError with file, line and column where a line is
/// missing or its values are not finite numbers that are at least 0.
DispatchHours parse_dispatch_hours(std::string_view text, const std::string& file);

}  // namespace millrace
