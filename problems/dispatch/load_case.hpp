#pragma once

#include <string>
#include <string_view>

#include "problems/case/case_error.hpp"
#include "problems/dispatch/dispatch_case.hpp"

namespace millrace {

/// Loads a built-in case by its name ("dispatch") or a case file by its path. Throws CaseError on the first thing that
/// is wrong, with its file, line and key; what is returned can be simulated (see dispatch_fault).
DispatchCase load_dispatch_case(const std::string& path_or_name);

/// The same from text; `file` is the name that errors carry.
DispatchCase parse_dispatch_case(std::string_view text, const std::string& file);

}  // namespace millrace
