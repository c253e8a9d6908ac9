#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <utility>

#include "engine/store/store_error.hpp"
#include "engine/store/store_lock.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("one holder at a time, by every name of the store; the lock leaves no file") {
  const ScratchFolder folder;
  std::filesystem::create_symlink(folder / "s.db", folder / "link.db");
  {
    auto lock = StoreLock::try_acquire(folder / "s.db");
    REQUIRE(lock);
    CHECK_FALSE(StoreLock::try_acquire(folder / "s.db"));
    CHECK_FALSE(StoreLock::try_acquire(folder / "link.db"));
    CHECK(StoreLock::try_acquire(folder / "other.db"));
    const StoreLock moved = std::move(*lock);
    lock.reset();
    CHECK_FALSE(StoreLock::try_acquire(folder / "s.db"));
  }
  CHECK_FALSE(std::filesystem::exists(folder / "s.db-lock"));
  CHECK(StoreLock::try_acquire(folder / "s.db"));
}

TEST_CASE("the lock ends with its process, even one that is killed") {
  const ScratchFolder folder;
  int held[2] = {};
  REQUIRE(::pipe(held) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = StoreLock::try_acquire(folder / "s.db");
    const char answer = lock ? 'y' : 'n';
    if (::write(held[1], &answer, 1) == 1) ::pause();
    ::_exit(1);
  }
  char answer = 0;
  REQUIRE(::read(held[0], &answer, 1) == 1);
  CHECK(answer == 'y');
  CHECK_FALSE(StoreLock::try_acquire(folder / "s.db"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(StoreLock::try_acquire(folder / "s.db"));
  ::close(held[0]);
  ::close(held[1]);
}

TEST_CASE("a folder that is not there is an error that names the store") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(StoreLock::try_acquire(folder / "nowhere/s.db"), Catch::Contains("s.db"));
}
