#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "engine/problem/nearest_name.hpp"
#include "problems/case/case_error.hpp"
#include "problems/case/series.hpp"

namespace millrace {

/// Line of a key, or of the table where the key is missing.
std::size_t line_of_key(const toml::table& table, std::string_view key);

/// One table of a case file: typed reads that throw CaseError with the line of what is wrong.
class CaseTable {
 public:
  /// `title` as in the file, "[[sources]] 'surface'"; `keys` are all that may occur. `file` and `table` must outlive it.
  CaseTable(const std::string& file, const toml::table& table, std::string title,
            std::initializer_list<std::string_view> keys);
  CaseTable(const std::string& file, const toml::table& table, std::string title, const std::vector<std::string>& keys);

  const toml::table& table() const { return table_; }
  bool has(std::string_view key) const { return table_.contains(key); }
  [[noreturn]] void fail(std::string_view key, const std::string& message) const;
  /// With the line of a node inside the value of `key`.
  [[noreturn]] void fail(const toml::node& node, std::string_view key, const std::string& message) const;
  [[noreturn]] void fail_missing(std::string_view key, const std::string& example) const;

  /// Empty where the key is missing.
  std::string text(std::string_view key) const;
  std::string required_text(std::string_view key, const std::string& example) const;
  bool flag(std::string_view key) const;
  /// Finite, like every number of a case.
  double number(std::string_view key, double otherwise) const;
  /// A list of distinct, non-empty strings, not itself empty.
  std::vector<std::string> required_names(std::string_view key, const std::string& example) const;
  std::vector<std::string> texts(std::string_view key) const;
  /// One number for all scenarios or a list of one each; empty where the key is missing.
  Series series(std::string_view key, const std::vector<std::string>& scenarios) const;
  Series required_series(std::string_view key, const std::vector<std::string>& scenarios) const;
  Series series_of(const toml::node& node, std::string_view key, const std::vector<std::string>& scenarios) const;
  double number_of(const toml::node& node, std::string_view key) const;

  /// The sub-table or the list of tables under `key`; null or empty where it is missing.
  const toml::table* sub_table(std::string_view key) const;
  std::vector<const toml::table*> required_tables(std::string_view key, const std::string& example) const;

 private:
  std::string string_of(const toml::node& node, std::string_view key, const std::string& example) const;

  const std::string& file_;
  const toml::table& table_;
  std::string title_;
};

}  // namespace millrace
