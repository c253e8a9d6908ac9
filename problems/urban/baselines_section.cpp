#include "problems/urban/baselines_section.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace millrace {
namespace {

constexpr std::array<std::string_view, 4> kStatusNames = {"missing", "input", "derived", "published"};
constexpr double kMostInput = 1e15;

AccountingInput read_input(const std::string& file, const toml::table& table, const std::string& title,
                           const std::vector<std::string>& scenarios) {
  const CaseTable input(file, table, title, {"status", "provenance", "values"});
  AccountingInput read;
  const std::string example = "status = \"input\", or \"derived\" or \"published\"";
  const auto status = data_status(input.required_text("status", example));
  if (!status || *status == DataStatus::missing)
    input.fail("status", fmt::format("is \"{}\"; write {}", input.text("status"), example));
  read.status = *status;
  read.provenance = input.text("provenance");
  read.values = input.required_series("values", scenarios);
  for (const double value : read.values)
    if (!(value > 0.0 && value <= kMostInput))
      input.fail("values", fmt::format("has {}; write a number above 0 and up to 1e15, or remove {}", value, title));
  return read;
}

}  // namespace

std::string_view name_of(DataStatus status) { return kStatusNames[static_cast<std::size_t>(status)]; }

std::optional<DataStatus> data_status(std::string_view name) {
  const auto* const found = std::find(kStatusNames.begin(), kStatusNames.end(), name);
  if (found == kStatusNames.end()) return std::nullopt;
  return static_cast<DataStatus>(found - kStatusNames.begin());
}

UrbanAccounting read_accounting(const std::string& file, const toml::table& section,
                                const std::vector<std::string>& scenarios) {
  const CaseTable table(file, section, "[accounting]",
                        {"population", "area_km2", "history_carbon_kg_per_person", "history_carbon_t_per_km2",
                         "carbon_price_low_per_t", "carbon_price_high_per_t"});
  UrbanAccounting accounting;
  for (const AccountingKey& entry : kAccountingKeys)
    if (const toml::table* input = table.sub_table(entry.key))
      accounting.*entry.input = read_input(file, *input, fmt::format("[accounting.{}]", entry.key), scenarios);
  const Series& low = accounting.carbon_price_low_per_t.values;
  const Series& high = accounting.carbon_price_high_per_t.values;
  if (low.empty() != high.empty())
    table.fail(low.empty() ? "carbon_price_high_per_t" : "carbon_price_low_per_t",
               "is given without the other end of the range; write both carbon_price_low_per_t and "
               "carbon_price_high_per_t, or neither");
  for (std::size_t t = 0; t < low.size(); ++t)
    if (low[t] > high[t])
      table.fail("carbon_price_high_per_t", fmt::format("is {} in scenario '{}', below the low price {}; write the "
                                                        "higher price of the range",
                                                        high[t], scenarios[t], low[t]));
  return accounting;
}

}  // namespace millrace
