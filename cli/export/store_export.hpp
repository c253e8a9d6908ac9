#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "engine/store/store.hpp"

namespace millrace::cli {

struct ExportOptions {
  enum class What { runs, fronts, traces };
  enum class Format { csv, jsonl };
  What what = What::runs;
  Format format = Format::csv;
  /// Also what two stores with the same runs may not share: seconds, the program and the machine.
  bool times = false;
  /// Only these; empty for all.
  std::string problem;
  std::string algorithm;
};

/// Writes what a store has, ordered by the digests of its runs: the same runs give the same bytes, whenever and in
/// whatever order they were made. Objectives are as a person is shown them. Numbers are the shortest that read back to
/// the same bits; what is not known is empty in CSV and null in JSON. Throws StoreError, StorageError where `out` cannot
/// be written.
void export_store(const Store& store, const ExportOptions& options, std::FILE* out);

}  // namespace millrace::cli
