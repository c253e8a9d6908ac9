#pragma once

#include <stdexcept>

namespace millrace::cli {

/// What the process returns to the shell.
enum ExitCode : int {
  kDone = 0,
  kUsage = 2,
  kStopped = 3,
  kEvaluatorFailed = 4,
  kStorage = 5,
};

/// Bad input: one sentence that says what is wrong, where, and what to write instead. Exit code 2, nothing written.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace millrace::cli
