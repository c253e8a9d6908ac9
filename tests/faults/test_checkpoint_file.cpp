#include <catch2/catch.hpp>

#include "engine/run/checkpoint_file.hpp"
#include "tests/faults/checkpoint_bytes.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

TEST_CASE("the newest copy is read back, in the same process and after opening again") {
  const ScratchFolder folder;
  for (std::uint64_t number = 1; number <= 5; ++number) {
    CheckpointFile file(folder / "c", "run");
    if (number > 1) CHECK(number_of(file.newest().value()) == number - 1);
    else CHECK_FALSE(file.newest());
    file.write(numbered_state(number, 100));
    CHECK(file.newest() == numbered_state(number, 100));
  }
}

TEST_CASE("states of any length: shorter, empty, longer than the space") {
  const ScratchFolder folder;
  for (const std::size_t words : {100u, 0u, 1u, 600u, 50'000u, 10u, 200'000u}) {
    {
      CheckpointFile file(folder / "c", "run");
      file.write(numbered_state(words, words));
      CHECK(file.newest() == numbered_state(words, words));
    }
    CheckpointFile file(folder / "c", "run");
    CHECK(file.newest() == numbered_state(words, words));
    CHECK_FALSE(std::filesystem::exists(folder / "c.new"));
  }
}

TEST_CASE("growth keeps the lock, and what the kill of a growing process left is no obstacle") {
  const ScratchFolder folder;
  put_bytes(folder / "c.new", "left by a kill");
  CheckpointFile file(folder / "c", "run");
  for (std::size_t words = 10; words < 100'000; words *= 3) {
    file.write(numbered_state(words, words));
    CHECK_THROWS_AS(CheckpointFile(folder / "c", "run"), StorageError);
    CHECK(file.newest() == numbered_state(words, words));
  }
}

TEST_CASE("a second opener is refused with a sentence while the first is open") {
  const ScratchFolder folder;
  {
    CheckpointFile first(folder / "c", "run");
    CHECK_THROWS_WITH(CheckpointFile(folder / "c", "run"),
                      Catch::Contains((folder / "c").string()) && Catch::Contains("another millrace is working"));
    first.write(numbered_state(1, 10));
    CHECK_THROWS_AS(CheckpointFile(folder / "c", "run"), StorageError);
  }
  CHECK(number_of(CheckpointFile(folder / "c", "run").newest().value()) == 1u);
}

TEST_CASE("copies of another run are not returned, and are replaced by the first write") {
  const ScratchFolder folder;
  CheckpointFile(folder / "c", "one").write(numbered_state(1, 10));
  {
    CheckpointFile file(folder / "c", "two");
    CHECK_FALSE(file.newest());
  }
  CHECK(number_of(CheckpointFile(folder / "c", "one").newest().value()) == 1u);
  for (const std::string identity : {"two", "onee", "on"}) {
    CheckpointFile file(folder / "c", identity);
    CHECK_FALSE(file.newest());
    file.write(numbered_state(2, 10));
    CHECK(number_of(file.newest().value()) == 2u);
  }
  CHECK_FALSE(CheckpointFile(folder / "c", "one").newest());
}

TEST_CASE("identities of 32 digits that differ in the last one are two runs") {
  const ScratchFolder folder;
  const std::string digits(31, 'a');
  CheckpointFile(folder / "c", digits + "0").write(numbered_state(1, 10));
  CHECK_FALSE(CheckpointFile(folder / "c", digits + "1").newest());
  CHECK(CheckpointFile(folder / "c", digits + "0").newest());
}

TEST_CASE("removal deletes the file and what growth left; a write after it starts a new one") {
  const ScratchFolder folder;
  CheckpointFile file(folder / "c", "run");
  file.write(numbered_state(1, 10));
  put_bytes(folder / "c.new", "left by a kill");
  file.remove();
  CHECK_FALSE(std::filesystem::exists(folder / "c"));
  CHECK_FALSE(std::filesystem::exists(folder / "c.new"));
  CHECK_FALSE(file.newest());
  file.remove();
  file.write(numbered_state(2, 10));
  CHECK(number_of(file.newest().value()) == 2u);
  CHECK(std::filesystem::exists(folder / "c"));
}

TEST_CASE("a missing folder and a folder in the way are errors that name the file") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(CheckpointFile(folder / "none/c", "run"),
                    Catch::Contains("none/c") && Catch::Contains("No such file"));
  std::filesystem::create_directories(folder / "taken");
  CHECK_THROWS_AS(CheckpointFile(folder / "taken", "run"), StorageError);
}
