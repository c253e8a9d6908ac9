#pragma once

#include <cstddef>
#include <filesystem>

#include "cli/exit_code.hpp"
#include "cli/sweep/sweep_plan.hpp"

namespace millrace::cli {

/// How a sweep is carried out: nothing here changes a result.
struct SweepOptions {
  /// Empty: default_store().
  std::filesystem::path store;
  /// 0: every core.
  std::size_t threads = 0;
  /// Runs side by side; 0: as many as threads.
  std::size_t at_once = 0;
  bool json = false;
  bool quiet = false;
  bool retry_failed = false;
};

/// Says what a sweep would do, and writes nothing.
void show_sweep(const SweepPlan& plan, const SweepOptions& options);

/// Makes the runs of a plan that the store does not have. Throws UsageError or StorageError.
ExitCode sweep(const SweepPlan& plan, const SweepOptions& options);

}  // namespace millrace::cli
