#pragma once

#include <string>
#include <string_view>

#include "problems/case/case_error.hpp"
#include "problems/urban/urban_case.hpp"

namespace millrace {

/// Loads a built-in case by its name ("pingliang") or a case file by its path. Throws CaseError on the first thing that
/// is wrong, with its file, line and key; what is returned can be solved in every scenario (see case_fault).
UrbanCase load_urban_case(const std::string& path_or_name);

/// The same from text; `file` is the name that errors carry.
UrbanCase parse_urban_case(std::string_view text, const std::string& file);

}  // namespace millrace
