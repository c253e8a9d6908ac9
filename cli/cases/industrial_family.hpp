#pragma once

#include "cli/cases/case_family.hpp"

namespace millrace::cli {

/// Industrial allocation under uncertainty: problems/industrial.
CaseFamily industrial_family();

}  // namespace millrace::cli
