#pragma once

#include <string>

#include "problems/case/case_table.hpp"
#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// Reads [[published]] and [[corrections]], both of which may be missing. Throws CaseError.
void read_published(const std::string& file, const CaseTable& root, IndustrialCase& industrial);

}  // namespace millrace
