#pragma once

#include "problems/case/case_table.hpp"
#include "problems/urban/baselines_inputs.hpp"

namespace millrace {

/// The section [accounting] of a case file. Throws CaseError.
UrbanAccounting read_accounting(const std::string& file, const toml::table& section,
                                const std::vector<std::string>& scenarios);

}  // namespace millrace
