#include <catch2/catch.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/random/philox.hpp"
#include "engine/run/checkpoint_file.hpp"
#include "tests/faults/checkpoint_bytes.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// Writes state after state, each reported over the pipe once it is written, until it is killed. Lengths go up and
/// down, and from time to time beyond the space of the file.
[[noreturn]] void write_for_ever(const std::filesystem::path& path, int pipe_end) {
  try {
    CheckpointFile file(path, "run");
    const auto state = file.newest();
    std::uint64_t number = state ? number_of(*state).value() : 0;
    for (;;) {
      ++number;
      file.write(numbered_state(number, 64 + (number * 7919) % (64 + 2 * (number % 20'000))));
      if (::write(pipe_end, &number, sizeof number) != sizeof number) break;
    }
  } catch (...) {
  }
  ::_exit(1);
}

/// Reads reports until `until` has passed or the child has gone, then returns the last one.
std::uint64_t follow(int pipe_end, pid_t child, std::uint32_t microseconds) {
  std::uint64_t last = 0;
  std::uint64_t number = 0;
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const auto end = now.tv_sec * 1'000'000'000L + now.tv_nsec + microseconds * 1000L;
  bool killed = false;
  while (::read(pipe_end, &number, sizeof number) == sizeof number) {
    last = number;
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    if (killed || now.tv_sec * 1'000'000'000L + now.tv_nsec < end) continue;
    ::kill(child, SIGKILL);
    killed = true;
  }
  return last;
}

}  // namespace

TEST_CASE("killed at any moment while it writes, a process leaves the last reported state or the one after it") {
  const ScratchFolder folder;
  RowDraws draws({5, 0, Stage::problem}, 0);
  std::uint64_t before = 0;
  for (int round = 0; round < 60; ++round) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) write_for_ever(folder / "c", ends[1]);
    ::close(ends[1]);
    const std::uint64_t reported = follow(ends[0], child, draws.below(4000));
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));

    const auto state = CheckpointFile(folder / "c", "run").newest();
    REQUIRE(state);
    const auto number = number_of(*state);
    REQUIRE(number);
    CHECK(*number >= reported);
    CHECK(*number <= reported + 1);
    CHECK(reported > before);  // each process went on from where the one before it was killed
    before = *number;
  }
}
