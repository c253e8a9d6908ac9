#pragma once

#include "cli/exit_code.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// `millrace run CASE --method global`: the best network for one objective and a certified bound on every other, by
/// spatial branch and bound. --evaluations limits the nodes, --seed the starts of the local search. Prints, or with
/// --json writes, what was proved; with --output also global.json in that folder. Where the nodes run out before the
/// gap is closed, the bound is true all the same. Throws UsageError, also for an option that belongs to evolution.
ExitCode run_global_method(const RunRequest& typed);

}  // namespace millrace::cli
