#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// The disk refused: full, read-only, or the file is held by another process.
struct StorageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Two alternating copies of a run's state in one memory-mapped file.
///
/// A write is a memory copy and a checksum (about 0.2 microseconds a kilobyte), cheap enough for every generation; the
/// pages belong to the kernel, so a killed process loses at most the copy it was writing, and the other copy is whole.
/// After a power failure a stale or torn copy is detected by its checksum. The space is reserved in advance: a full
/// disk is an error at creation, never a signal later. The file is locked while it is open.
class CheckpointFile {
 public:
  /// Opens or creates the file. Throws StorageError where it cannot be written or another process holds it.
  /// `identity` (at most 64 characters) is the digest of the run: copies of another run are not returned.
  CheckpointFile(std::filesystem::path path, std::string_view identity);
  ~CheckpointFile();
  CheckpointFile(const CheckpointFile&) = delete;
  CheckpointFile& operator=(const CheckpointFile&) = delete;

  /// The newest whole copy, or nothing.
  std::optional<std::vector<std::byte>> newest() const;
  void write(std::span<const std::byte> state);
  /// Deletes the file: the run is finished.
  void remove();

 private:
  struct Header;
  Header& header() const;
  std::byte* copy(std::size_t which) const;
  bool is_whole(std::size_t which) const;
  void adopt(std::size_t capacity);
  void map(std::size_t capacity);
  void unmap();
  void put(std::span<const std::byte> state);
  void replace(std::span<const std::byte> state);
  [[noreturn]] void fail(std::string_view what) const;

  std::filesystem::path path_;
  std::string identity_;
  int file_ = -1;
  std::byte* memory_ = nullptr;
  std::size_t capacity_ = 0;
};

}  // namespace millrace
