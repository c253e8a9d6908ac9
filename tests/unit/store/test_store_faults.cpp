#include <catch2/catch.hpp>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/faults/scratch_folder.hpp"
#include "tests/unit/store/sample_runs.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("a full disk: a sentence, what was saved stays, and the store goes on when there is room again") {
  const ScratchFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=400k") != 0) {
    WARN("not checked: a small disk can be mounted by root only");
    return;
  }
  std::string before;
  {
    Store store(folder / "s.db", Store::Mode::write);
    store.put(sample_problem());
    const StoredRun first = sample_run(1'000'000);
    store.put(std::span(&first, 1));
    const auto fill = [&] {
      for (int i = 0; i < 10'000; ++i) {
        const StoredRun run = sample_run(i);
        store.put(std::span(&run, 1));
        before = all_of(store);
      }
    };
    try {
      fill();
      FAIL("the disk has no end");
    } catch (const StoreError& error) {
      CHECK(error.kind == StoreError::Kind::storage);
      CHECK_THAT(error.what(), Catch::Contains("s.db") && Catch::Contains("disk"));
    }
    CHECK(all_of(store) == before);
  }
  REQUIRE(::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_REMOUNT, "size=4m") == 0);
  {
    Store store(folder / "s.db", Store::Mode::write);
    CHECK(all_of(store) == before);
    const StoredRun more = sample_run(2'000'000);
    store.put(std::span(&more, 1));
    CHECK(store.find("run-2000000"));
  }
  ::umount2(folder.path().c_str(), MNT_DETACH);
}

TEST_CASE("a store in a folder that cannot be written can be read, and says that it cannot be written") {
  const ScratchFolder folder;
  const auto inside = folder / "locked";
  std::filesystem::create_directory(inside);
  {
    Store store(inside / "s.db", Store::Mode::write);
    store.put(sample_problem());
    const StoredRun run = sample_run(1);
    store.put(std::span(&run, 1));
  }
  // Root may write anywhere but on a read-only mount.
  const bool mounted = ::geteuid() == 0 && ::mount(inside.c_str(), inside.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
                       ::mount(nullptr, inside.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
  if (::geteuid() == 0 && !mounted) {
    ::umount2(inside.c_str(), MNT_DETACH);
    WARN("not checked: a read-only folder could not be mounted");
    return;
  }
  if (!mounted) ::chmod(inside.c_str(), 0500);
  CHECK(Store(inside / "s.db", Store::Mode::read).run_count() == 1);
  try {
    Store store(inside / "s.db", Store::Mode::write);
    store.put(sample_problem("another"));
    FAIL("it was written");
  } catch (const StoreError& error) {
    CHECK(error.kind == StoreError::Kind::storage);
    CHECK_THAT(error.what(), Catch::Contains("s.db"));
  }
  if (mounted) ::umount2(inside.c_str(), MNT_DETACH);
  else ::chmod(inside.c_str(), 0700);
}
