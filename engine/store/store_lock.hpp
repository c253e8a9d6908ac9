#pragma once

#include <filesystem>
#include <optional>

namespace millrace {

/// The right to write into a store: at most one process has it. Ends with the process, however that ends.
///
/// It is a lock on a file beside the store (its path with "-lock"), which is removed with the object: closing another
/// handle of the store itself would drop the locks of SQLite.
class StoreLock {
 public:
  /// Nothing where another process has it. Throws StoreError where the folder is missing or cannot be written.
  static std::optional<StoreLock> try_acquire(const std::filesystem::path& store);
  ~StoreLock();
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&&) = delete;

 private:
  StoreLock(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  int file_;
};

}  // namespace millrace
