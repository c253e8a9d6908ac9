#pragma once

#include <span>
#include <string>

namespace SQLite {
class Database;
}

namespace millrace {

/// Marks a SQLite file as a store of millrace ("mlrc").
inline constexpr int kStoreApplication = 0x6d6c7263;

/// What makes the schema of version i + 1 out of that of version i, version 0 being an empty file: SQL, one entry a
/// version. An entry is never changed once it was released.
std::span<const char* const> schema_steps();

/// The version of a store, 0 of an empty file. Throws StoreError where the file is a database of something else, or of
/// a version above steps.size().
int schema_version(const SQLite::Database& database, std::span<const char* const> steps, const std::string& path);

/// Takes a store from its version to steps.size(), in one transaction: all the steps, or none. Throws StoreError as
/// schema_version() does, SQLite::Exception where a step fails.
void migrate(SQLite::Database& database, std::span<const char* const> steps, const std::string& path);

}  // namespace millrace
