#pragma once

#include <string>
#include <string_view>

#include "problems/case/case_error.hpp"
#include "problems/park/park_case.hpp"

namespace millrace {

/// The built-in case of that name, or the JSON file at that path. Throws CaseError with one sentence: the file, the
/// line, the path of the key ("processes[2].load") and what to write instead.
ParkCase load_park_case(const std::string& path_or_name);

/// The same from text; `file` is the name that errors carry.
ParkCase parse_park_case(std::string_view text, const std::string& file);

}  // namespace millrace
