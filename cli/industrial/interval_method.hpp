#pragma once

#include "cli/exit_code.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// `millrace run CASE --method istp`: solves the interval program of every scenario (or those of --scenario) and prints
/// benefits and totals beside the published ones, the uncoupled lower bounds, what conflicts where a scenario has no
/// solution, and which published values contradict each other. Writes no files. Throws UsageError.
ExitCode run_interval_method(const RunRequest& typed);

}  // namespace millrace::cli
