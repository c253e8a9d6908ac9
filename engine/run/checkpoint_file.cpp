#include "engine/run/checkpoint_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include "engine/data/aligned.hpp"
#include "engine/run/digest.hpp"

namespace millrace {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::array<char, 16> kMagic = {'m', 'i', 'l', 'l', 'r', 'a', 'c', 'e',
                                         '-', 's', 't', 'a', 't', 'e', '-', '1'};

std::size_t file_size(std::size_t capacity) { return kPage + 2 * capacity; }

std::filesystem::path growing(const std::filesystem::path& path) { return path.string() + ".new"; }

}  // namespace

/// First page of the file.
struct CheckpointFile::Header {
  std::array<char, 16> magic;
  std::array<char, 64> identity;
  std::uint64_t capacity;
  struct Copy {
    /// 0 while the copy is being written; the higher one is the newer.
    std::uint64_t sequence;
    std::uint64_t length;
    std::uint64_t checksum;
  };
  std::array<Copy, 2> copies;
};

void CheckpointFile::fail(std::string_view what) const {
  throw StorageError(fmt::format("{}: {} ({})", path_.string(), what, std::strerror(errno)));
}

CheckpointFile::CheckpointFile(std::filesystem::path path, std::string_view identity)
    : path_(std::move(path)), identity_(identity.substr(0, 63)) {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail("cannot open the checkpoint");
  struct stat here = {};
  struct stat there = {};
  // The one who holds the lock may have put a larger file, or none, in the place of the one just opened.
  const bool held = ::flock(file_, LOCK_EX | LOCK_NB) == 0 && ::fstat(file_, &here) == 0 &&
                    ::stat(path_.c_str(), &there) == 0 && here.st_ino == there.st_ino;
  if (!held) {
    ::close(file_);
    throw StorageError(fmt::format("{}: another millrace is working on this run", path_.string()));
  }
  const auto size = static_cast<std::size_t>(here.st_size);
  const std::size_t capacity = size > kPage ? (size - kPage) / 2 : 0;
  if (capacity > 0 && size == file_size(capacity)) adopt(capacity);
}

void CheckpointFile::adopt(std::size_t capacity) {
  map(capacity);
  Header& found = header();
  found.identity.back() = '\0';
  if (found.magic != kMagic || found.capacity != capacity || identity_ != found.identity.data()) return unmap();
  // A torn copy must be the next to be overwritten, not the whole one beside it.
  for (std::size_t which = 0; which < found.copies.size(); ++which)
    if (!is_whole(which)) found.copies[which].sequence = 0;
}

CheckpointFile::~CheckpointFile() {
  unmap();
  if (file_ >= 0) ::close(file_);
}

CheckpointFile::Header& CheckpointFile::header() const { return *reinterpret_cast<Header*>(memory_); }

std::byte* CheckpointFile::copy(std::size_t which) const { return memory_ + kPage + which * capacity_; }

bool CheckpointFile::is_whole(std::size_t which) const {
  const Header::Copy& entry = header().copies[which];
  return entry.sequence > 0 && entry.length <= capacity_ &&
         checksum_of({copy(which), static_cast<std::size_t>(entry.length)}) == entry.checksum;
}

std::optional<std::vector<std::byte>> CheckpointFile::newest() const {
  if (memory_ == nullptr) return std::nullopt;
  const std::size_t which = header().copies[1].sequence > header().copies[0].sequence ? 1 : 0;
  if (!is_whole(which)) return std::nullopt;
  return std::vector<std::byte>(copy(which), copy(which) + header().copies[which].length);
}

void CheckpointFile::write(std::span<const std::byte> state) {
  if (state.size() > capacity_) return replace(state);
  put(state);
}

void CheckpointFile::put(std::span<const std::byte> state) {
  const std::size_t which = header().copies[0].sequence > header().copies[1].sequence ? 1 : 0;
  const std::uint64_t sequence = header().copies[1 - which].sequence + 1;
  Header::Copy& entry = header().copies[which];
  // The order of these stores is what a kill in between relies on.
  entry.sequence = 0;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  std::copy(state.begin(), state.end(), copy(which));
  entry.length = state.size();
  entry.checksum = checksum_of(state);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  entry.sequence = sequence;
}

/// A larger file takes the place of the old one in one step, once it holds a whole copy.
void CheckpointFile::replace(std::span<const std::byte> state) {
  const std::size_t capacity = round_up(state.size() + state.size() / 4, kPage);
  const std::filesystem::path path = growing(path_);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail("cannot write the checkpoint");
  const int refused = ::posix_fallocate(file, 0, static_cast<off_t>(file_size(capacity)));
  if (refused != 0 || ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (refused != 0) errno = refused;
    ::close(file);
    ::unlink(path.c_str());
    fail("no room for the checkpoint");
  }
  unmap();
  // The old file stays locked until its name is taken, so that nobody begins on it in between.
  const int old = std::exchange(file_, file);
  map(capacity);
  Header fresh = {kMagic, {}, capacity, {}};
  identity_.copy(fresh.identity.data(), identity_.size());
  header() = fresh;
  put(state);
  const bool replaced = ::rename(path.c_str(), path_.c_str()) == 0;
  const int reason = errno;
  ::close(old);
  errno = reason;
  if (!replaced) fail("cannot replace the checkpoint");
}

void CheckpointFile::map(std::size_t capacity) {
  void* memory = ::mmap(nullptr, file_size(capacity), PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
  if (memory == MAP_FAILED) fail("cannot map the checkpoint");
  memory_ = static_cast<std::byte*>(memory);
  capacity_ = capacity;
}

void CheckpointFile::unmap() {
  if (memory_ != nullptr) ::munmap(memory_, file_size(capacity_));
  memory_ = nullptr;
  capacity_ = 0;
}

void CheckpointFile::remove() {
  unmap();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  // Left by a kill while the file grew.
  std::filesystem::remove(growing(path_), ignored);
}

}  // namespace millrace
