#pragma once

#include <string>

#include "problems/case/case_table.hpp"
#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// Reads [[sectors]] into a case whose other tables are read, and checks what they promise against what there is.
/// Throws CaseError.
void read_sectors(const std::string& file, const CaseTable& root, IndustrialCase& industrial);

}  // namespace millrace
