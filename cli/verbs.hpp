#pragma once

#include <CLI/CLI.hpp>

namespace millrace::cli {

/// Each adds one verb to the command line; its work is done in a callback that throws UsageError or StorageError, or
/// leaves an exit code other than 0 in `exit_code`.
void add_run_verb(CLI::App& app, int& exit_code);
void add_resume_verb(CLI::App& app, int& exit_code);
void add_list_verb(CLI::App& app);
void add_generate_verb(CLI::App& app);
void add_metrics_verb(CLI::App& app);
void add_decide_verb(CLI::App& app);
void add_account_verb(CLI::App& app);
void add_fidelity_verb(CLI::App& app);
void add_fit_verb(CLI::App& app);
void add_compare_verb(CLI::App& app);
void add_sweep_verb(CLI::App& app, int& exit_code);
void add_export_verb(CLI::App& app);
void add_analyse_verb(CLI::App& app);
void add_dispatch_verb(CLI::App& app);
void add_reevaluate_verb(CLI::App& app);

}  // namespace millrace::cli
