#include "engine/store/store_database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>

#include "engine/store/schema.hpp"

namespace millrace {
namespace {

constexpr int kWaitMilliseconds = 10'000;

using Kind = StoreError::Kind;

/// Whoever may write beside the store opens it so: the last to close it then takes its log away. A store that cannot be
/// written lies still: whoever may not even make the index of its log may read it as it is.
std::unique_ptr<SQLite::Database> open_to_read(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    throw StoreError(Kind::unusable,
                     fmt::format("{}: there is no such store; millrace sweep makes one", path.string()));
  const auto open = [&](const std::string& name, int flags) {
    auto connection = std::make_unique<SQLite::Database>(name, flags, kWaitMilliseconds);
    connection->exec("PRAGMA query_only = ON");
    connection->execAndGet("SELECT count(*) FROM sqlite_master");
    return connection;
  };
  try {
    return open(path.string(), SQLite::OPEN_READWRITE);
  } catch (const SQLite::Exception& error) {
    const bool refused = error.getErrorCode() == SQLITE_CANTOPEN || error.getErrorCode() == SQLITE_READONLY;
    if (!refused || std::filesystem::exists(path.string() + "-wal")) throw;
  }
  std::string name;
  for (const char c : path.string())
    name += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02x}", c) : std::string(1, c);
  return open("file:" + name + "?immutable=1", SQLite::OPEN_URI | SQLite::OPEN_READONLY);
}

std::unique_ptr<SQLite::Database> open_to_write(const std::filesystem::path& path) {
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  if (!std::filesystem::is_directory(folder))
    throw StoreError(Kind::unusable, fmt::format("{}: there is no folder {}; make it, or name another file",
                                                 path.string(), folder.string()));
  auto connection = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                       kWaitMilliseconds);
  schema_version(*connection, schema_steps(), path.string());
  // With a log, a killed process leaves nothing to repair; synced when the log is folded into the file.
  connection->exec("PRAGMA journal_mode = WAL");
  connection->exec("PRAGMA synchronous = NORMAL");
  connection->exec("PRAGMA foreign_keys = ON");
  migrate(*connection, schema_steps(), path.string());
  return connection;
}

std::string sentence_of(const SQLite::Exception& error) {
  const std::string said = error.what();
  switch (error.getErrorCode()) {
    case SQLITE_FULL: return "the disk is full; free some space and call the same again: what was saved stays";
    case SQLITE_IOERR:
      return fmt::format(
          "the disk failed ({}); see that it has space and works, then call the same again: what was saved stays",
          said);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: return fmt::format("cannot be opened or written ({}); name a file that can", said);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fmt::format("is held by another program ({}); end that one first", said);
    case SQLITE_NOTADB: return "is not a store of millrace; name another file";
    case SQLITE_CORRUPT: return fmt::format("is damaged ({}); bring back a copy, or name another file", said);
    default: return fmt::format("failed: {}", said);
  }
}

}  // namespace

void fail_with(const std::filesystem::path& path, const SQLite::Exception& error) {
  const int code = error.getErrorCode();
  const Kind kind = code == SQLITE_NOTADB ? Kind::unusable : Kind::storage;
  throw StoreError(kind, fmt::format("{}: {}", path.string(), sentence_of(error)));
}

Store::Database::Database(std::filesystem::path file, Mode mode) : path(std::move(file)) {
  guarded(path, [&] { connection = mode == Mode::read ? open_to_read(path) : open_to_write(path); });
  if (mode == Mode::write) return;
  const int version = guarded(path, [&] { return schema_version(*connection, schema_steps(), path.string()); });
  if (version < newest_version())
    throw StoreError(Kind::unusable, fmt::format("{}: {}", path.string(),
                                                 version == 0 ? "is empty; millrace sweep fills it"
                                                              : "was written by an older millrace; call millrace sweep "
                                                                "on it once, which brings it up to date"));
}

SQLite::Statement& Store::Database::prepared(const char* sql) const {
  const auto [found, is_new] = statements.try_emplace(sql, *connection, sql);
  if (!is_new) {
    // What it failed with last time was told then.
    found->second.tryReset();
    found->second.clearBindings();
  }
  return found->second;
}

}  // namespace millrace
