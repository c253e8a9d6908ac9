#pragma once

#include "problems/case/case_table.hpp"
#include "problems/urban/urban_case.hpp"

namespace millrace {

/// The section [sensitivity] of a case file; sources and users of `urban` must have been read. Throws CaseError.
UrbanSensitivity read_sensitivity(const std::string& file, const toml::table& section, const UrbanCase& urban);

}  // namespace millrace
