#pragma once

#include "cli/cases/case_family.hpp"

namespace millrace::cli {

/// Urban allocation: problems/urban.
CaseFamily urban_family();

}  // namespace millrace::cli
