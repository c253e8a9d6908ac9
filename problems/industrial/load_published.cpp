#include "problems/industrial/load_published.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "problems/industrial/sourced_table.hpp"

namespace millrace {
namespace {

/// Index of the item that `key` names; empty where the key is missing.
template <class Item>
std::optional<std::size_t> named(const CaseTable& table, std::string_view key, const std::vector<Item>& items) {
  if (!table.has(key)) return std::nullopt;
  const std::string name = table.text(key);
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].name == name) return i;
  std::vector<std::string> known;
  for (const Item& item : items) known.push_back(item.name);
  const std::string nearest = nearest_name(name, known);
  table.fail(key, nearest.empty() ? fmt::format("is '{}', which the case does not have", name)
                                  : fmt::format("is '{}'; write '{}' instead", name, nearest));
}

PublishedValue read_value(const SourcedTable& table, const IndustrialCase& industrial) {
  const CaseTable& plain = table.plain();
  PublishedValue value;
  value.quantity = plain.required_text("quantity", "quantity = \"benefit\"");
  const std::vector<std::string> known = {"benefit", "surface", "ground",          "diverted",
                                          "total",   "risk",    "available ground"};
  if (std::find(known.begin(), known.end(), value.quantity) == known.end())
    plain.fail("quantity", fmt::format("is '{}'; write one of {}", value.quantity, fmt::join(known, ", ")));
  if (named(plain, "energy", industrial.energy_scenarios)) value.energy_scenario = plain.text("energy");
  if (named(plain, "risk", industrial.risk_levels)) value.risk_level = plain.text("risk");
  value.sector = named(plain, "sector", industrial.sectors);
  value.period = named(plain, "period", industrial.periods);
  value.level = named(plain, "level", industrial.levels);
  if (!plain.has("value")) plain.fail_missing("value", "value = [19.22, 24.31]");
  value.value = table.printed(*plain.table().get("value"), "value");
  value.note = plain.text("note");
  value.sources = table.sources();
  return value;
}

}  // namespace

void read_published(const std::string& file, const CaseTable& root, IndustrialCase& industrial) {
  if (root.has("published"))
    for (const toml::table* item : root.required_tables("published", ""))
      industrial.published.push_back(read_value(
          SourcedTable(file, *item, "[[published]]", industrial.default_source,
                       {"quantity", "energy", "risk", "sector", "period", "level", "value", "note", "sources"}),
          industrial));
  if (!root.has("corrections")) return;
  for (const toml::table* item : root.required_tables("corrections", "")) {
    const CaseTable table(file, *item, "[[corrections]]", {"id", "where", "printed", "used", "evidence"});
    industrial.corrections.push_back({table.required_text("id", "id = \"T1\""), table.text("where"),
                                      table.text("printed"), table.text("used"), table.text("evidence")});
  }
}

}  // namespace millrace
