#pragma once

#include <string>
#include <string_view>

#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// Reads an industrial case. Throws CaseError with file, line, key and reason where it is not TOML, a key is unknown or
/// missing, a number has no source, an interval is the wrong way round, probabilities do not add up to 1 (to 1e-9), a
/// reuse rate is 1 or more, or a region promises more surface water than its lowest level brings.
IndustrialCase parse_industrial_case(std::string_view text, const std::string& file);

/// The built-in case of that name, or the file at that path. Throws CaseError.
IndustrialCase load_industrial_case(const std::string& path_or_name);

}  // namespace millrace
