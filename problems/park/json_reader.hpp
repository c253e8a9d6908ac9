#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "problems/case/case_error.hpp"

namespace millrace {

/// A parsed JSON file and its text, to find the lines of what is wrong.
struct JsonFile {
  std::string name;
  std::string text;
  nlohmann::json root;

  /// Throws CaseError with the line of what is not JSON.
  static JsonFile parse(std::string_view text, const std::string& name);
  /// Line of the value at a path such as "processes[2].load[1]", or of the deepest part of it that is there.
  std::size_t line_of(std::string_view path) const;
};

/// One object of a JSON case: typed reads that throw CaseError with the file, the line and the path of the key.
class JsonReader {
 public:
  /// `path` is empty for the whole file. Throws where the value is not an object.
  JsonReader(const JsonFile& file, const nlohmann::json& value, std::string path);

  bool has(std::string_view key) const;
  [[noreturn]] void fail(std::string_view key, const std::string& message) const;
  /// "processes[2].load"
  std::string path_of(std::string_view key) const;
  /// Throws for a key that looks like a misspelt one of `keys`; others are left alone, they describe.
  void check_keys(const std::vector<std::string>& keys) const;

  std::string text(std::string_view key, const std::string& otherwise = {}) const;
  std::string required_text(std::string_view key) const;
  bool flag(std::string_view key) const;
  /// Finite and at least `least`.
  double number(std::string_view key, double otherwise, double least = 0.0) const;
  double required_number(std::string_view key, double least = 0.0) const;
  /// At most 1.
  double share(std::string_view key, double otherwise) const;
  /// `count` numbers, at least 0; null stands for infinity where `open`. Where the key is missing (or null, and open):
  /// `count` times `otherwise`.
  std::vector<double> list(std::string_view key, std::size_t count, double otherwise, bool open = false) const;
  std::vector<double> required_list(std::string_view key, std::size_t count) const;
  std::vector<std::string> names(std::string_view key) const;
  /// The objects under `key`, empty where it is missing.
  std::vector<JsonReader> objects(std::string_view key) const;
  std::optional<JsonReader> object(std::string_view key) const;
  const nlohmann::json& value() const { return value_; }

 private:
  double number_of(const nlohmann::json& value, const std::string& key, double least) const;

  const JsonFile& file_;
  const nlohmann::json& value_;
  std::string path_;
};

}  // namespace millrace
