#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/store/store.hpp"

namespace millrace {

/// The open file of a store, with the statements that were prepared.
struct Store::Database {
  Database(std::filesystem::path file, Mode mode);

  /// The prepared statement of that SQL, ready to be bound.
  SQLite::Statement& prepared(const char* sql) const;
  /// Inside a transaction.
  void insert_run(const StoredRun& run);
  void insert_parts(std::int64_t id, const StoredRun& run);
  std::int64_t row_of_machine(const std::string& description);
  /// Adds the settings, the indicators and the parts that are wanted.
  void read_parts(std::int64_t id, StoredParts parts, StoredRun& run) const;

  std::filesystem::path path;
  std::unique_ptr<SQLite::Database> connection;
  /// By the address of their SQL, which is a literal.
  mutable std::map<const char*, SQLite::Statement> statements;
  /// Row of the machine that the last run was made on.
  std::pair<std::string, std::int64_t> machine;
};

/// The numbers of a blob, copied: SQLite's own need not be aligned.
std::vector<double> doubles_of(const SQLite::Column& column);
/// The same as a table, row after row; empty where there are none.
Columns columns_of(const SQLite::Column& column, std::size_t columns);

/// What SQLite said of the file at `path`, as one sentence.
[[noreturn]] void fail_with(const std::filesystem::path& path, const SQLite::Exception& error);

/// `work()`, with what SQLite throws as StoreError.
template <class Work>
auto guarded(const std::filesystem::path& path, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    fail_with(path, error);
  }
}

}  // namespace millrace
