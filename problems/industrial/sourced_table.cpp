#include "problems/industrial/sourced_table.hpp"

#include <fmt/format.h>

namespace millrace {
namespace {

bool has_status(std::string_view text) {
  return text.size() > 4 && text[0] == '[' && text[2] == ']' && text[3] == ' ' &&
         std::string_view("EDIS").find(text[1]) != std::string_view::npos;
}

constexpr const char* kStatusAdvice =
    "start it with [E] explicit, [D] derived, [I] inferred or [S] synthetic, as in \"[E] Table 1\"";

}  // namespace

SourcedTable::SourcedTable(const std::string& file, const toml::table& table, std::string title,
                           const std::string& default_source, std::initializer_list<std::string_view> keys)
    : file_(file), table_(file, table, std::move(title), keys), default_source_(default_source) {
  if (!default_source.empty() && !has_status(default_source))
    throw CaseError(file, 1, "default_source", fmt::format("has no status; {}", kStatusAdvice));
  if (const toml::table* sources = table_.sub_table("sources")) read_sources(*sources);
}

void SourcedTable::read_sources(const toml::table& sources) {
  for (auto&& [key, value] : sources) {
    const std::string name(key.str());
    if (!table_.has(name))
      table_.fail(value, "sources", fmt::format("names the source of '{}', which is not there; remove it", name));
    const auto* text = value.as_string();
    if (text == nullptr || !has_status(text->get()))
      table_.fail(value, "sources." + name, fmt::format("has no status; {}", kStatusAdvice));
    sources_[name] = text->get();
  }
}

const toml::node& SourcedTable::sourced(std::string_view key, const std::string& example) const {
  const toml::node* node = table_.table().get(key);
  if (node == nullptr) table_.fail_missing(key, example);
  if (default_source_.empty() && !sources_.contains(std::string(key)))
    table_.fail(key, fmt::format("has no source; write sources.{} = \"[E] ...\", or default_source in [case]", key));
  return *node;
}

const toml::array& SourcedTable::list_of(const toml::node& node, std::string_view key, std::size_t count,
                                         const char* what) const {
  const toml::array* items = node.as_array();
  if (items == nullptr) table_.fail(node, key, fmt::format("must be a list with one item a {}", what));
  if (items->size() != count)
    table_.fail(node, key, fmt::format("has {} items for {} {}s; write one for each", items->size(), count, what));
  return *items;
}

Interval SourcedTable::printed(const toml::node& node, std::string_view key) const {
  if (!node.is_array()) {
    const double value = table_.number_of(node, key);
    return {value, value};
  }
  const toml::array& ends = *node.as_array();
  if (ends.size() != 2)
    table_.fail(node, key, fmt::format("has {} numbers; an interval is written [lower, upper]", ends.size()));
  return {table_.number_of(ends[0], key), table_.number_of(ends[1], key)};
}

Interval SourcedTable::interval_of(const toml::node& node, std::string_view key) const {
  const Interval value = printed(node, key);
  if (value.lower > value.upper)
    table_.fail(
        node, key,
        fmt::format("has its lower end {} above its upper end {}; write [lower, upper]", value.lower, value.upper));
  return value;
}

double SourcedTable::number(std::string_view key, const std::string& example) const {
  return table_.number_of(sourced(key, example), key);
}

double SourcedTable::number_or(std::string_view key, double otherwise) const {
  return has(key) ? number(key, "") : otherwise;
}

Interval SourcedTable::interval(std::string_view key, const std::string& example) const {
  return interval_of(sourced(key, example), key);
}

Interval SourcedTable::interval_or(std::string_view key, Interval otherwise) const {
  return has(key) ? interval(key, "") : otherwise;
}

std::vector<Interval> SourcedTable::intervals(std::string_view key, std::size_t count, const char* what,
                                              const std::string& example) const {
  std::vector<Interval> values;
  for (const toml::node& item : list_of(sourced(key, example), key, count, what))
    values.push_back(interval_of(item, key));
  return values;
}

std::vector<std::vector<Interval>> SourcedTable::grid(std::string_view key, std::size_t outer, std::size_t inner,
                                                      const std::string& example) const {
  std::vector<std::vector<Interval>> values;
  for (const toml::node& row : list_of(sourced(key, example), key, outer, "period")) {
    values.emplace_back();
    for (const toml::node& item : list_of(row, key, inner, "level")) values.back().push_back(interval_of(item, key));
  }
  return values;
}

std::vector<double> SourcedTable::numbers(std::string_view key, std::size_t count, const std::string& example) const {
  std::vector<double> values;
  for (const toml::node& item : list_of(sourced(key, example), key, count, "period"))
    values.push_back(table_.number_of(item, key));
  return values;
}

std::vector<Interval> SourcedTable::printed_list(const toml::table& table, std::string_view key,
                                                 std::size_t count) const {
  const toml::node* node = table.get(key);
  std::vector<Interval> values;
  if (node == nullptr) return values;
  for (const toml::node& item : list_of(*node, key, count, "period")) values.push_back(printed(item, key));
  return values;
}

}  // namespace millrace
