#pragma once

#include "problems/urban/baselines_inputs.hpp"
#include "problems/case/case_table.hpp"

namespace millrace {

/// The section [accounting] of a case file. Throws CaseError.
UrbanAccounting read_accounting(const std::string& file, const toml::table& section,
                                const std::vector<std::string>& scenarios);

}  // namespace millrace
