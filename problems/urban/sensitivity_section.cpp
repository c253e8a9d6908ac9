#include "problems/urban/sensitivity_section.hpp"

#include <fmt/format.h>

namespace millrace {
namespace {

constexpr double kMostFactor = 1e3;

class SensitivityReader {
 public:
  SensitivityReader(const std::string& file, const UrbanCase& urban) : file_(file), urban_(urban) {}

  UrbanSensitivity read(const toml::table& section) {
    const CaseTable table(file_, section, "[sensitivity]", {"provenance", "ranges", "what_if"});
    UrbanSensitivity read;
    read.provenance = table.text("provenance");
    if (table.has("ranges"))
      for (const toml::table* item : table.required_tables("ranges", kRangeExample))
        read.ranges.push_back(range(*item));
    if (table.has("what_if"))
      for (const toml::table* item : table.required_tables("what_if", "a section [[sensitivity.what_if]]"))
        add_what_if(*item, read.what_ifs);
    return read;
  }

 private:
  static constexpr const char* kRangeExample =
      "ranges = [{ quantity = \"demand\", of = \"domestic\", low = 0.9, high = 1.1 }]";
  static constexpr const char* kChangeExample =
      "changes = [{ quantity = \"available\", of = \"surface\", factor = 0.8 }]";

  UrbanRange range(const toml::table& item) {
    const CaseTable table(file_, item, "ranges", {"quantity", "of", "low", "high"});
    UrbanRange read;
    read.quantity = quantity(table);
    read.of = owner(table, read.quantity);
    read.low = factor(table, "low");
    read.high = factor(table, "high");
    if (read.low > read.high)
      table.fail("low", fmt::format("is {}, above high = {}; write low <= high", read.low, read.high));
    return read;
  }

  void add_what_if(const toml::table& item, std::vector<UrbanWhatIf>& all) {
    const CaseTable table(file_, item, "[[sensitivity.what_if]]", {"name", "provenance", "changes"});
    UrbanWhatIf read;
    read.name = table.required_text("name", "name = \"dry year\"");
    for (const UrbanWhatIf& other : all)
      if (other.name == read.name)
        table.fail("name", fmt::format("'{}' occurs twice; give every one its own name", read.name));
    read.provenance = table.text("provenance");
    if (!table.has("changes")) table.fail_missing("changes", kChangeExample);
    for (const toml::table* change : table.required_tables("changes", kChangeExample)) {
      const CaseTable entry(file_, *change, "changes", {"quantity", "of", "factor"});
      UrbanChange& added = read.changes.emplace_back();
      added.quantity = quantity(entry);
      added.of = owner(entry, added.quantity);
      added.factor = factor(entry, "factor");
    }
    all.push_back(std::move(read));
  }

  UrbanQuantity quantity(const CaseTable& table) const {
    const std::string name = table.required_text("quantity", "quantity = \"demand\"");
    const auto found = urban_quantity(name);
    if (!found)
      table.fail("quantity", fmt::format("is \"{}\"; write one of {}", name, fmt::join(urban_quantity_names(), ", ")));
    return *found;
  }

  std::string owner(const CaseTable& table, UrbanQuantity quantity) {
    const std::string of = table.text("of");
    if (!series_of(urban_, quantity, of).empty()) return of;
    const std::string what = of.empty() ? "no source or user" : fmt::format("no source or user '{}'", of);
    table.fail(
        table.has("of") ? "of" : "quantity",
        fmt::format("{} of the case has the quantity {}; write the name of one that has it, or remove this entry", what,
                    name_of(quantity)));
  }

  static double factor(const CaseTable& table, const char* key) {
    if (!table.has(key)) table.fail_missing(key, fmt::format("{} = 0.9", key));
    const double value = table.number(key, 1.0);
    if (!(value >= 0.0 && value <= kMostFactor))
      table.fail(key, fmt::format("is {}; write a factor from 0 to 1000, where 1 changes nothing", value));
    return value;
  }

  const std::string& file_;
  UrbanCase urban_;
};

}  // namespace

UrbanSensitivity read_sensitivity(const std::string& file, const toml::table& section, const UrbanCase& urban) {
  return SensitivityReader(file, urban).read(section);
}

}  // namespace millrace
