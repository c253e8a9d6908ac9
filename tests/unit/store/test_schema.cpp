#include <catch2/catch.hpp>

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <fstream>

#include "engine/store/schema.hpp"
#include "engine/store/store.hpp"
#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/store/sample_runs.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

SQLite::Database database(const std::filesystem::path& path) {
  return SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
}

constexpr const char* kFirst = "CREATE TABLE colours (name TEXT); INSERT INTO colours VALUES ('blue')";
constexpr const char* kSecond = "ALTER TABLE colours ADD COLUMN warm INTEGER NOT NULL DEFAULT 0";
constexpr const char* kBroken = "ALTER TABLE colours ADD COLUMN cold INTEGER; SELECT nonsense";

}  // namespace

TEST_CASE("an older schema is taken to the newest, step by step, and keeps what it holds") {
  const ScratchFolder folder;
  SQLite::Database file = database(folder / "s.db");
  migrate(file, std::array{kFirst}, "s.db");
  CHECK(schema_version(file, std::array{kFirst}, "s.db") == 1);
  migrate(file, std::array{kFirst, kSecond}, "s.db");
  CHECK(schema_version(file, std::array{kFirst, kSecond}, "s.db") == 2);
  CHECK(file.execAndGet("SELECT name || warm FROM colours").getString() == "blue0");
  // Nothing is done twice.
  migrate(file, std::array{kFirst, kSecond}, "s.db");
  CHECK(file.execAndGet("SELECT count(*) FROM colours").getInt() == 1);
}

TEST_CASE("a step that fails leaves the schema and its version as they were") {
  const ScratchFolder folder;
  SQLite::Database file = database(folder / "s.db");
  migrate(file, std::array{kFirst}, "s.db");
  CHECK_THROWS_AS(migrate(file, std::array{kFirst, kSecond, kBroken}, "s.db"), SQLite::Exception);
  CHECK(schema_version(file, std::array{kFirst}, "s.db") == 1);
  CHECK(file.execAndGet("SELECT count(*) FROM pragma_table_info('colours')").getInt() == 1);
}

TEST_CASE("a store of a newer version is refused with a sentence, and not changed") {
  const ScratchFolder folder;
  { Store store(folder / "s.db", Store::Mode::write); }
  database(folder / "s.db").exec("PRAGMA user_version = " + std::to_string(Store::newest_version() + 1));
  for (const Store::Mode mode : {Store::Mode::read, Store::Mode::write})
    CHECK_THROWS_WITH(Store(folder / "s.db", mode), Catch::Contains("s.db") && Catch::Contains("newer millrace"));
  CHECK(database(folder / "s.db").execAndGet("PRAGMA user_version").getInt() == Store::newest_version() + 1);
}

TEST_CASE("what is no store is refused, and not changed") {
  const ScratchFolder folder;
  database(folder / "other.db").exec("CREATE TABLE recipes (name TEXT)");
  std::ofstream(folder / "text.db") << "This is no database, but a text that is longer than a header would be. "
                                    << std::string(500, '.');
  std::ofstream(folder / "empty.db");
  for (const Store::Mode mode : {Store::Mode::read, Store::Mode::write}) {
    CHECK_THROWS_WITH(Store(folder / "other.db", mode), Catch::Contains("another program"));
    CHECK_THROWS_WITH(Store(folder / "text.db", mode), Catch::Contains("is not a store"));
  }
  CHECK_THROWS_WITH(Store(folder / "empty.db", Store::Mode::read), Catch::Contains("empty"));
  CHECK_THROWS_WITH(Store(folder / "missing.db", Store::Mode::read), Catch::Contains("no such store"));
  CHECK_THROWS_WITH(Store(folder / "nowhere/s.db", Store::Mode::write), Catch::Contains("no folder"));
  CHECK(database(folder / "other.db").execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 1);
  CHECK_FALSE(std::filesystem::exists(folder / "missing.db"));
  // An empty file becomes a store: a process may have been killed right after it made it.
  Store store(folder / "empty.db", Store::Mode::write);
  store.put(sample_problem());
  CHECK(store.problems().size() == 1);
}
