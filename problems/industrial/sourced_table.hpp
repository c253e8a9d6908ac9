#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "problems/case/case_table.hpp"
#include "problems/industrial/case_parts.hpp"

namespace millrace {

/// A table of an industrial case whose numbers have sources: reads intervals and lists of them.
class SourcedTable {
 public:
  /// `default_source` stands in where the table names none for a number.
  SourcedTable(const std::string& file, const toml::table& table, std::string title, const std::string& default_source,
               std::initializer_list<std::string_view> keys);

  const CaseTable& plain() const { return table_; }
  const NumberSources& sources() const { return sources_; }
  bool has(std::string_view key) const { return table_.has(key); }
  [[noreturn]] void fail(std::string_view key, const std::string& message) const { table_.fail(key, message); }

  double number(std::string_view key, const std::string& example) const;
  double number_or(std::string_view key, double otherwise) const;
  /// [lower, upper], lower <= upper; or one number for both.
  Interval interval(std::string_view key, const std::string& example) const;
  Interval interval_or(std::string_view key, Interval otherwise) const;
  /// One interval for each of `count` things called `what`.
  std::vector<Interval> intervals(std::string_view key, std::size_t count, const char* what,
                                  const std::string& example) const;
  std::vector<std::vector<Interval>> grid(std::string_view key, std::size_t outer, std::size_t inner,
                                          const std::string& example) const;
  std::vector<double> numbers(std::string_view key, std::size_t count, const std::string& example) const;
  /// As printed elsewhere: the ends may be the wrong way round.
  Interval printed(const toml::node& node, std::string_view key) const;
  std::vector<Interval> printed_list(const toml::table& table, std::string_view key, std::size_t count) const;

 private:
  void read_sources(const toml::table& table);
  const toml::node& sourced(std::string_view key, const std::string& example) const;
  const toml::array& list_of(const toml::node& node, std::string_view key, std::size_t count, const char* what) const;
  Interval interval_of(const toml::node& node, std::string_view key) const;

  const std::string& file_;
  CaseTable table_;
  const std::string& default_source_;
  NumberSources sources_;
};

}  // namespace millrace
