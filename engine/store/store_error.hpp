#pragma once

#include <stdexcept>
#include <string>

namespace millrace {

/// A store that cannot be used; what() is one sentence that starts with its path.
struct StoreError : std::runtime_error {
  enum class Kind {
    /// The disk refused: full, read-only, a failing device.
    storage,
    /// There is no such file, it is no store, or a newer millrace wrote it.
    unusable
  };
  StoreError(Kind why, const std::string& sentence) : std::runtime_error(sentence), kind(why) {}
  Kind kind;
};

}  // namespace millrace
