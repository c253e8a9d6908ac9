#include "engine/store/schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <array>

#include "engine/store/store_error.hpp"

namespace millrace {
namespace {

constexpr const char* kVersion1 = R"sql(
  CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scenario TEXT NOT NULL,
    objectives TEXT NOT NULL,
    variables TEXT NOT NULL,
    reference_source TEXT NOT NULL,
    reference TEXT NOT NULL,
    reference_front BLOB
  ) STRICT;
  CREATE TABLE machines (
    id INTEGER PRIMARY KEY,
    description TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    problem INTEGER NOT NULL REFERENCES problems (id),
    machine INTEGER NOT NULL REFERENCES machines (id),
    algorithm TEXT NOT NULL,
    seed INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('finished', 'failed')),
    reason TEXT NOT NULL,
    options TEXT NOT NULL,
    generations INTEGER NOT NULL,
    evaluations INTEGER NOT NULL,
    failed_evaluations INTEGER NOT NULL,
    front_size INTEGER NOT NULL,
    trace_points INTEGER NOT NULL,
    seconds REAL NOT NULL
  ) STRICT;
  CREATE TABLE settings (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE indicators (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value REAL,
    PRIMARY KEY (run, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE traces (
    run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    names TEXT NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE TABLE fronts (
    run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    objectives BLOB NOT NULL,
    decisions BLOB
  ) STRICT;
)sql";

constexpr std::array kSteps = {kVersion1};

int pragma(const SQLite::Database& database, const char* name) {
  SQLite::Statement statement(database, fmt::format("PRAGMA {}", name));
  statement.executeStep();
  return statement.getColumn(0).getInt();
}

bool is_empty(const SQLite::Database& database) {
  SQLite::Statement statement(database, "SELECT count(*) FROM sqlite_master");
  statement.executeStep();
  return statement.getColumn(0).getInt() == 0;
}

}  // namespace

std::span<const char* const> schema_steps() { return kSteps; }

int schema_version(const SQLite::Database& database, std::span<const char* const> steps, const std::string& path) {
  const int application = pragma(database, "application_id");
  const int version = pragma(database, "user_version");
  if (application == 0 && version == 0 && is_empty(database)) return 0;
  if (application != kStoreApplication)
    throw StoreError(StoreError::Kind::unusable,
                     fmt::format("{}: is a database of another program; name another file", path));
  if (version > static_cast<int>(steps.size()))
    throw StoreError(StoreError::Kind::unusable,
                     fmt::format("{}: was written by a newer millrace (store version {}, this program knows up to {}); "
                                 "use that one, or name another file",
                                 path, version, steps.size()));
  return version;
}

void migrate(SQLite::Database& database, std::span<const char* const> steps, const std::string& path) {
  if (schema_version(database, steps, path) == static_cast<int>(steps.size())) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  // Another process may have been quicker.
  for (auto v = static_cast<std::size_t>(schema_version(database, steps, path)); v < steps.size(); ++v)
    database.exec(steps[v]);
  database.exec(fmt::format("PRAGMA application_id = {}", kStoreApplication));
  database.exec(fmt::format("PRAGMA user_version = {}", steps.size()));
  transaction.commit();
}

}  // namespace millrace
