#pragma once

#include "cli/cases/problem_lookup.hpp"
#include "cli/exit_code.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Solves every member of a study that is not finished yet, continues what was cut off, writes the result files and
/// prints the tables. Throws UsageError before anything is written, StorageError where the disk refuses later.
ExitCode run_study(const RunSettings& settings, const Study& study, const Execution& execution);

}  // namespace millrace::cli
