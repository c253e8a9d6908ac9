#include <catch2/catch.hpp>

#include <sys/mount.h>

#include "engine/run/checkpoint_file.hpp"
#include "engine/run/result_files.hpp"
#include "tests/faults/checkpoint_bytes.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// A disk of 64 kB in memory; only root may mount one.
class SmallDisk {
 public:
  SmallDisk() : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=64k") == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  std::filesystem::path operator/(const char* name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
  bool mounted_;
};

}  // namespace

TEST_CASE("a full disk is an error at a write, never a signal, and the older state stays") {
  const SmallDisk disk;
  if (!disk.mounted()) {
    WARN("not checked: a small disk can be mounted by root only");
    return;
  }
  {
    CheckpointFile file(disk / "c", "run");
    file.write(numbered_state(1, 1000));
    CHECK_THROWS_WITH(file.write(numbered_state(2, 5000)),
                      Catch::Contains((disk / "c").string()) && Catch::Contains("no room"));
    CHECK_FALSE(std::filesystem::exists(disk / "c.new"));
    CHECK(number_of(file.newest().value()) == 1u);
    file.write(numbered_state(3, 1000));
  }
  put_bytes(disk / "filler", std::string(60'000, 'x'));
  CheckpointFile file(disk / "c", "run");
  CHECK(number_of(file.newest().value()) == 3u);
  // The space of both copies is reserved: these fit on the full disk.
  for (std::uint64_t number = 4; number < 10; ++number) file.write(numbered_state(number, 1200));
  CHECK(number_of(file.newest().value()) == 9u);
  CHECK_THROWS_AS(CheckpointFile(disk / "other", "run").write(numbered_state(1, 1000)), StorageError);
}

TEST_CASE("write_file on a full disk: an error that names the file, the old content, nothing beside it") {
  const SmallDisk disk;
  if (!disk.mounted()) {
    WARN("not checked: a small disk can be mounted by root only");
    return;
  }
  write_file(disk / "a.txt", "old");
  CHECK_THROWS_WITH(write_file(disk / "a.txt", std::string(100'000, 'x')),
                    Catch::Contains("a.txt") && Catch::Contains("No space"));
  CHECK(bytes_of(disk / "a.txt") == "old");
  CHECK_FALSE(std::filesystem::exists(disk / "a.txt.partial"));
}
