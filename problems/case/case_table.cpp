#include "problems/case/case_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace millrace {
namespace {

/// A value as a person would name it: string "abc", boolean true, a list.
std::string described(const toml::node& node) {
  if (const auto* text = node.as_string()) return fmt::format("the string \"{}\"", text->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "the boolean true" : "the boolean false";
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a table";
  if (node.is_number()) return fmt::format("the number {}", *node.value<double>());
  return "a date or time";
}

bool is_name(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

CaseTable::CaseTable(const std::string& file, const toml::table& table, std::string title,
                     std::initializer_list<std::string_view> keys)
    : CaseTable(file, table, std::move(title), std::vector<std::string>(keys.begin(), keys.end())) {}

CaseTable::CaseTable(const std::string& file, const toml::table& table, std::string title,
                     const std::vector<std::string>& known)
    : file_(file), table_(table), title_(std::move(title)) {
  // The table is sorted by name; the first unknown key of the file is the one to report.
  const toml::key* unknown = nullptr;
  for (auto&& [key, value] : table_)
    if (std::find(known.begin(), known.end(), key.str()) == known.end() &&
        (unknown == nullptr || key.source().begin.line < unknown->source().begin.line))
      unknown = &key;
  if (unknown == nullptr) return;
  const std::string nearest = nearest_name(unknown->str(), known);
  const std::string advice = nearest.empty() ? fmt::format("remove it or write one of {}", fmt::join(known, ", "))
                                             : fmt::format("write '{}' instead", nearest);
  const std::string name = unknown->str().empty() ? "\"\"" : std::string(unknown->str());
  throw CaseError(file_, unknown->source().begin.line, name, fmt::format("is not a key of {}; {}", title_, advice));
}

std::size_t line_of_key(const toml::table& table, std::string_view key) {
  for (auto&& [name, value] : table)
    if (name.str() == key) return name.source().begin.line;
  return std::max<std::size_t>(table.source().begin.line, 1);
}

void CaseTable::fail(std::string_view key, const std::string& message) const {
  throw CaseError(file_, line_of_key(table_, key), std::string(key), message);
}

void CaseTable::fail(const toml::node& node, std::string_view key, const std::string& message) const {
  throw CaseError(file_, node.source().begin.line, std::string(key), message);
}

void CaseTable::fail_missing(std::string_view key, const std::string& example) const {
  fail(key, fmt::format("is missing from {}; add {}", title_, example));
}

std::string CaseTable::string_of(const toml::node& node, std::string_view key, const std::string& example) const {
  const auto* text = node.as_string();
  if (text == nullptr) fail(node, key, fmt::format("must be a string, not {}; write {}", described(node), example));
  return text->get();
}

std::string CaseTable::text(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? std::string() : string_of(*node, key, fmt::format("{} = \"...\"", key));
}

std::string CaseTable::required_text(std::string_view key, const std::string& example) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail_missing(key, example);
  std::string text = string_of(*node, key, example);
  if (!is_name(text)) fail(*node, key, fmt::format("is empty or has control characters; write {}", example));
  return text;
}

bool CaseTable::flag(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return false;
  if (!node->is_boolean())
    fail(*node, key, fmt::format("must be true or false, not {}; write {} = true", described(*node), key));
  return node->as_boolean()->get();
}

double CaseTable::number_of(const toml::node& node, std::string_view key) const {
  if (!node.is_number())
    fail(node, key, fmt::format("must be a number, not {}; write for example {} = 12.5", described(node), key));
  const double value = *node.value<double>();
  if (!std::isfinite(value))
    fail(node, key, fmt::format("is {}; write a finite number, for example {} = 12.5", value, key));
  return value;
}

double CaseTable::number(std::string_view key, double otherwise) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? otherwise : number_of(*node, key);
}

std::vector<std::string> CaseTable::texts(std::string_view key) const {
  const toml::node* node = table_.get(key);
  std::vector<std::string> items;
  if (node == nullptr) return items;
  if (!node->is_array())
    fail(*node, key, fmt::format("must be a list of strings, not {}; write {} = [\"...\"]", described(*node), key));
  for (const toml::node& item : *node->as_array())
    items.push_back(string_of(item, key, "every item of the list in quotes"));
  return items;
}

std::vector<std::string> CaseTable::required_names(std::string_view key, const std::string& example) const {
  if (!has(key)) fail_missing(key, example);
  std::vector<std::string> names = texts(key);
  if (names.empty()) fail(key, fmt::format("is an empty list; write {}", example));
  const toml::array& items = *table_.get(key)->as_array();
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (!is_name(names[k]))
      fail(items[k], key, fmt::format("has an empty name or one with control characters; write {}", example));
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(k), names[k]) !=
        names.begin() + static_cast<std::ptrdiff_t>(k))
      fail(items[k], key, fmt::format("has '{}' twice; write every name once", names[k]));
  }
  return names;
}

Series CaseTable::series_of(const toml::node& node, std::string_view key,
                            const std::vector<std::string>& scenarios) const {
  if (!node.is_array()) return Series(scenarios.size(), number_of(node, key));
  const toml::array& items = *node.as_array();
  if (items.size() != scenarios.size())
    fail(node, key,
         fmt::format("has {} values for {} scenarios; write one number for all, or one for each of {}", items.size(),
                     scenarios.size(), fmt::join(scenarios, ", ")));
  Series values;
  for (const toml::node& item : items) values.push_back(number_of(item, key));
  return values;
}

Series CaseTable::series(std::string_view key, const std::vector<std::string>& scenarios) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? Series() : series_of(*node, key, scenarios);
}

Series CaseTable::required_series(std::string_view key, const std::vector<std::string>& scenarios) const {
  if (!has(key)) fail_missing(key, fmt::format("{} = <a number, or a list of one a scenario>", key));
  return series(key, scenarios);
}

const toml::table* CaseTable::sub_table(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table())
    fail(*node, key, fmt::format("must be a table, not {}; write a section [{}]", described(*node), key));
  return node->as_table();
}

std::vector<const toml::table*> CaseTable::required_tables(std::string_view key, const std::string& example) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail_missing(key, example);
  if (!node->is_array()) fail(*node, key, fmt::format("must be a list of tables; write {}", example));
  std::vector<const toml::table*> tables;
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_table())
      fail(item, key, fmt::format("must hold tables only, not {}; write {}", described(item), example));
    tables.push_back(item.as_table());
  }
  if (tables.empty()) fail(key, fmt::format("is an empty list; write {}", example));
  return tables;
}

}  // namespace millrace
