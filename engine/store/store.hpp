#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/store/store_error.hpp"
#include "engine/store/stored_run.hpp"

namespace millrace {

/// What a reader wants of each run besides its row, settings and indicators.
struct StoredParts {
  bool traces = false;
  bool fronts = false;
};

/// What a store has of a run, for whoever asks which runs are missing.
struct StoredExtent {
  RunStatus status = RunStatus::finished;
  std::uint64_t trace_points = 0;
  bool decisions = false;
  /// Names of its indicators.
  std::vector<std::string> indicators;
};

/// Runs and what came out of them, in one SQLite file with a write-ahead log. docs/sweeps.md describes the tables.
///
/// Nothing that was committed is lost by a killed process; a power failure may lose the last commits and no more. Runs
/// may be read while another process writes. Everything here throws StoreError.
class Store {
 public:
  enum class Mode {
    read,
    /// Creates the file where there is none, and brings an older schema up to date. One process at a time: StoreLock.
    write
  };

  /// Refuses what is not a store and what a newer version wrote, before anything is changed.
  Store(std::filesystem::path path, Mode mode);
  ~Store();
  Store(Store&&) noexcept;

  const std::filesystem::path& path() const;

  std::vector<StoredProblem> problems() const;
  /// The problem of that digest, or nothing.
  std::optional<StoredProblem> problem(const std::string& digest) const;

  /// What is there of every run, by digest.
  std::map<std::string, StoredExtent> extents() const;
  std::size_t run_count() const;
  /// The run of that digest, or nothing.
  std::optional<StoredRun> find(const std::string& digest, StoredParts parts = {}) const;
  /// Every run in the order of their digests.
  void for_each_run(StoredParts parts, const std::function<void(const StoredRun&)>& visit) const;

  /// Keeps the problem and its reference. Of what is there, only a box that is "none" and a front without rows are
  /// ever replaced.
  void put(const StoredProblem& problem);
  /// All runs in one transaction, or none; a run of the same digest is replaced. Their problems must be there.
  void put(std::span<const StoredRun> runs);

  /// What docs/sweeps.md calls the version of the schema.
  static int newest_version();

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace millrace
