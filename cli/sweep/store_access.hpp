#pragma once

#include "cli/exit_code.hpp"
#include "engine/run/checkpoint_file.hpp"
#include "engine/store/store_error.hpp"

namespace millrace::cli {

/// `work()`, with what a store throws as the error that the shell is told of: a disk that refuses, or bad input.
template <class Work>
auto with_store(Work&& work) {
  try {
    return work();
  } catch (const StoreError& error) {
    if (error.kind == StoreError::Kind::unusable) throw UsageError(error.what());
    throw StorageError(error.what());
  }
}

}  // namespace millrace::cli
