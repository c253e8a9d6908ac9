#include <catch2/catch.hpp>

#include "engine/random/philox.hpp"
#include "engine/run/checkpoint_file.hpp"
#include "tests/faults/checkpoint_bytes.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kWords = 200;

/// A file whose older copy is number 1 and whose newer one is number 2, as bytes.
std::string two_copies(const ScratchFolder& folder) {
  {
    CheckpointFile file(folder / "c", "run");
    file.write(numbered_state(1, kWords));
    file.write(numbered_state(2, kWords));
  }
  return bytes_of(folder / "c");
}

/// Where the copy of that number begins.
std::size_t begin_of(const std::string& bytes, std::uint64_t number) {
  const auto state = numbered_state(number, kWords);
  return bytes.find(std::string(reinterpret_cast<const char*>(state.data()), state.size()), kPage);
}

std::optional<std::uint64_t> newest_number(const ScratchFolder& folder) {
  const auto state = CheckpointFile(folder / "c", "run").newest();
  if (!state) return std::nullopt;
  REQUIRE(number_of(*state));
  return number_of(*state);
}

}  // namespace

TEST_CASE("a flipped bit anywhere in the newest copy: the older one is returned") {
  const ScratchFolder folder;
  const std::string whole = two_copies(folder);
  RowDraws draws({1, 0, Stage::problem}, 0);
  for (int round = 0; round < 100; ++round) {
    std::string bytes = whole;
    const std::size_t at = begin_of(whole, 2) + draws.below(kWords * 8);
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << draws.below(8)));
    put_bytes(folder / "c", bytes);
    CHECK(newest_number(folder) == 1u);
  }
}

TEST_CASE("after falling back, the next write spares the whole copy") {
  const ScratchFolder folder;
  std::string bytes = two_copies(folder);
  bytes[begin_of(bytes, 2)] = 77;
  put_bytes(folder / "c", bytes);
  {
    CheckpointFile file(folder / "c", "run");
    file.write(numbered_state(3, kWords));
    CHECK(number_of(file.newest().value()) == 3u);
  }
  bytes = bytes_of(folder / "c");
  CHECK(begin_of(bytes, 1) != std::string::npos);
  bytes[begin_of(bytes, 3)] = 77;
  put_bytes(folder / "c", bytes);
  CHECK(newest_number(folder) == 1u);
}

TEST_CASE("both copies bad: the run starts anew, and can be saved again") {
  const ScratchFolder folder;
  std::string bytes = two_copies(folder);
  bytes[begin_of(bytes, 1)] = 77;
  bytes[begin_of(bytes, 2)] = 77;
  put_bytes(folder / "c", bytes);
  CHECK_FALSE(newest_number(folder));
  CheckpointFile(folder / "c", "run").write(numbered_state(9, kWords));
  CHECK(newest_number(folder) == 9u);
}

TEST_CASE("a flipped bit anywhere in the first page: one of the copies or nothing, never a mixture") {
  const ScratchFolder folder;
  const std::string whole = two_copies(folder);
  for (std::size_t bit = 0; bit < 8 * 160; ++bit) {
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    put_bytes(folder / "c", bytes);
    const auto number = newest_number(folder);
    CHECK((!number || *number == 1 || *number == 2));
  }
}

TEST_CASE("a first page full of letters, an identity without an end included") {
  const ScratchFolder folder;
  std::string bytes = two_copies(folder);
  std::fill(bytes.begin() + 16, bytes.begin() + 80, 'x');
  put_bytes(folder / "c", bytes);
  CHECK_FALSE(newest_number(folder));
  std::fill(bytes.begin(), bytes.end(), 'x');
  put_bytes(folder / "c", bytes);
  CHECK_FALSE(newest_number(folder));
}

TEST_CASE("a file of any other length is not trusted, and is replaced by the first write") {
  const ScratchFolder folder;
  const std::string whole = two_copies(folder);
  std::vector<std::size_t> lengths = {0, 1, 15, 16, 17, 1000, kPage - 1, kPage, kPage + 1, kPage + 2};
  for (const std::size_t less : {1u, 2u, 4096u, 5000u}) lengths.push_back(whole.size() - less);
  for (const std::size_t more : {1u, 2u, 4096u, 8192u}) lengths.push_back(whole.size() + more);
  for (const std::size_t length : lengths) {
    CAPTURE(length);
    std::string bytes = whole;
    bytes.resize(length);
    put_bytes(folder / "c", bytes);
    CHECK_FALSE(newest_number(folder));
    CheckpointFile(folder / "c", "run").write(numbered_state(7, 10));
    CHECK(newest_number(folder) == 7u);
  }
}
