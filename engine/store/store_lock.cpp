#include "engine/store/store_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/store/store_error.hpp"

namespace millrace {
namespace {

/// The same file by every name, so that a link does not let two in, be it one to a store that is still to be made.
std::filesystem::path lock_path(std::filesystem::path store) {
  std::error_code failed;
  constexpr int kMostLinks = 40;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(store, failed); ++i)
    store = store.parent_path() / std::filesystem::read_symlink(store, failed);
  std::filesystem::path path = std::filesystem::weakly_canonical(store, failed);
  if (failed) path = std::filesystem::absolute(store);
  return path += "-lock";
}

[[noreturn]] void fail(const std::filesystem::path& store, int reason) {
  const bool missing = reason == ENOENT || reason == ENOTDIR;
  throw StoreError(missing ? StoreError::Kind::unusable : StoreError::Kind::storage,
                   fmt::format("{}: cannot be written ({}); name a file in a folder that exists and can be written",
                               store.string(), std::strerror(reason)));
}

/// Whether the file still has that name: whoever had the lock before removes it.
bool still_named(int file, const std::filesystem::path& path) {
  struct stat opened = {}, named = {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

}  // namespace

std::optional<StoreLock> StoreLock::try_acquire(const std::filesystem::path& store) {
  const std::filesystem::path path = lock_path(store);
  while (true) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) fail(store, errno);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      const int reason = errno;
      ::close(file);
      if (reason == EWOULDBLOCK) return std::nullopt;
      fail(store, reason);
    }
    if (still_named(file, path)) return StoreLock(path, file);
    ::close(file);
  }
}

StoreLock::StoreLock(StoreLock&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

StoreLock::~StoreLock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace millrace
