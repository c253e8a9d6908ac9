#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

namespace millrace {

/// A case file that cannot be used. what() reads `file:line: key: what is wrong; what to write instead`,
/// without line and key where the file could not be read.
class CaseError : public std::runtime_error {
 public:
  /// `line` counts from 1; 0 stands for a file that could not be read at all.
  CaseError(std::string file, std::size_t line, std::string key, const std::string& message)
      : std::runtime_error(line == 0 ? file + ": " + message
                                     : file + ":" + std::to_string(line) + ": " + key + ": " + message),
        file_(std::move(file)), line_(line), key_(std::move(key)) {}

  const std::string& file() const { return file_; }
  std::size_t line() const { return line_; }
  const std::string& key() const { return key_; }

 private:
  std::string file_;
  std::size_t line_;
  std::string key_;
};

}  // namespace millrace
