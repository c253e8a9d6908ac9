#include "problems/urban/load_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "problems/case/case_file.hpp"
#include "problems/case/case_table.hpp"
#include "problems/urban/baselines_section.hpp"
#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/case_fault.hpp"
#include "problems/urban/sensitivity_section.hpp"

namespace millrace {
namespace {

struct BaseUnit {
  std::string_view name;
  double size;
};

class CaseLoader {
 public:
  CaseLoader(const std::string& file, const toml::table& table)
      : file_(file), root_(file, table, "the case file",
                           {"case", "units", "demand_bounds", "sources", "users", "reference", "published",
                            "accounting", "sensitivity"}) {}

  UrbanCase load() {
    read_general();
    read_units();
    read_users();
    read_sources();
    read_reference();
    read_published();
    if (const toml::table* accounting = root_.sub_table("accounting"))
      case_.accounting = read_accounting(file_, *accounting, case_.scenarios);
    if (const toml::table* sensitivity = root_.sub_table("sensitivity"))
      case_.sensitivity = read_sensitivity(file_, *sensitivity, case_);
    if (const auto fault = case_fault(case_)) report(*fault);
    return std::move(case_);
  }

 private:
  CaseTable section(std::string_view key, std::initializer_list<std::string_view> keys) const {
    const toml::table* table = root_.sub_table(key);
    if (table == nullptr) root_.fail_missing(key, fmt::format("a section [{}]", key));
    return CaseTable(file_, *table, fmt::format("[{}]", key), keys);
  }

  void read_general() {
    const CaseTable table = section(
        "case", {"family", "name", "title", "provenance", "assumptions", "scenarios", "objectives", "shortage_rule"});
    case_.name = table.required_text("name", "name = \"mycity\"");
    case_.title = table.text("title");
    case_.provenance = table.text("provenance");
    case_.assumptions = table.texts("assumptions");
    case_.scenarios = table.required_names("scenarios", "scenarios = [\"2025\", \"2030\"]");
    read_objectives(table);
    const std::string rule = table.text("shortage_rule");
    if (rule == "difference") case_.shortage_rule = ShortageRule::difference;
    else if (!rule.empty() && rule != "hinge")
      table.fail("shortage_rule", fmt::format("is \"{}\"; write \"hinge\" or \"difference\"", rule));
  }

  void read_objectives(const CaseTable& table) {
    const auto all = urban_objective_names();
    const std::vector<std::string> known(all.begin(), all.end());
    const std::string example = "objectives = [\"carbon\", \"benefit\", \"shortage\"]";
    for (const std::string& name : table.required_names("objectives", example)) {
      const auto objective = urban_objective(name);
      if (!objective) fail_unknown_name(table, "objectives", name, "an objective", known);
      case_.objectives.push_back(*objective);
    }
  }

  [[noreturn]] static void fail_unknown_name(const CaseTable& table, std::string_view key, const std::string& name,
                                             const char* kind, const std::vector<std::string>& known) {
    const std::string nearest = nearest_name(name, known);
    table.fail(key,
               nearest.empty()
                   ? fmt::format("names '{}', which is not {}; write one of {}", name, kind, fmt::join(known, ", "))
                   : fmt::format("names '{}', which is not {}; write '{}' instead", name, kind, nearest));
  }

  void read_units() {
    const CaseTable table = section("units", {"volume", "money", "carbon", "energy", "quality"});
    table.required_text("volume", "volume = \"1e4 m3\"");
    UrbanUnits& units = case_.units;
    read_unit(table, "volume", {{"m3", 1.0}, {"hm3", 1e6}, {"km3", 1e9}}, units.volume);
    read_unit(table, "money", {}, units.money);
    read_unit(table, "carbon", {{"kg", 1.0}, {"t", 1e3}, {"kt", 1e6}}, units.carbon);
    read_unit(table, "energy", {{"kWh", 1.0}, {"MWh", 1e3}, {"GWh", 1e6}}, units.energy);
    read_unit(table, "quality", {{"g", 1.0}, {"kg", 1e3}, {"t", 1e6}}, units.quality);
  }

  /// "[number] base [words]"; any base where `bases` is empty (a currency).
  static void read_unit(const CaseTable& table, std::string_view key, std::initializer_list<BaseUnit> bases,
                        UrbanUnit& unit) {
    if (!table.has(key)) return;
    const std::string example = bases.size() == 0 ? fmt::format("{} = \"1e4 yuan\"", key)
                                                  : fmt::format("{} = \"1e4 {}\"", key, bases.begin()->name);
    unit = {table.required_text(key, example), 1.0};
    const char* begin = unit.text.data();
    const char* const end = begin + unit.text.size();
    const auto number = std::from_chars(begin, end, unit.size);
    if (number.ec == std::errc()) begin = std::find_if(number.ptr, end, [](char c) { return c != ' '; });
    const std::string_view base(begin, static_cast<std::size_t>(std::find(begin, end, ' ') - begin));
    const auto* found = std::find_if(bases.begin(), bases.end(), [&](const BaseUnit& b) { return b.name == base; });
    const bool usable = unit.size >= 1e-18 && unit.size <= 1e18 && number.ec != std::errc::result_out_of_range;
    if (base.empty() || !usable || (bases.size() > 0 && found == bases.end()))
      table.fail(key, fmt::format("is \"{}\", not a size and a unit; write for example {}", unit.text, example));
    if (bases.size() > 0) unit.size *= found->size;
  }

  void read_users() {
    const auto bounds = demand_bounds();
    for (const toml::table* item : root_.required_tables("users", "a section [[users]] for every user")) {
      const CaseTable table(file_, *item, "[[users]]",
                            {"name", "provenance", "demand", "demand_lower", "demand_upper", "benefit_per_m3",
                             "shortage_weight", "discharge", "carbon_kg_per_m3"});
      UrbanUser user;
      user.name = table.required_text("name", "name = \"domestic\"");
      check_new(table, user.name, case_.users);
      user.provenance = table.text("provenance");
      user.demand = table.required_series("demand", case_.scenarios);
      user.demand_lower = series_or(table, "demand_lower", bounds.first);
      user.demand_upper = series_or(table, "demand_upper", bounds.second);
      user.benefit_per_m3 = table.series("benefit_per_m3", case_.scenarios);
      user.shortage_weight = table.series("shortage_weight", case_.scenarios);
      user.discharge = table.series("discharge", case_.scenarios);
      user.carbon_kg_per_m3 = table.series("carbon_kg_per_m3", case_.scenarios);
      user_names_.push_back(user.name);
      user_tables_.push_back(item);
      case_.users.push_back(std::move(user));
    }
  }

  std::pair<double, double> demand_bounds() const {
    if (!root_.has("demand_bounds")) return {0.9, 1.1};
    const CaseTable table = section("demand_bounds", {"lower", "upper", "provenance"});
    table.text("provenance");
    const double lower = table.number("lower", 0.9);
    const double upper = table.number("upper", 1.1);
    if (!(lower >= 0.0 && lower <= upper && upper <= 1e6))
      table.fail(table.has("lower") ? "lower" : "upper",
                 fmt::format("the bounds {} to {} are not in order; write 0 <= lower <= upper, as in lower = 0.9 and "
                             "upper = 1.1",
                             lower, upper));
    return {lower, upper};
  }

  Series series_or(const CaseTable& table, std::string_view key, double otherwise) const {
    return table.has(key) ? table.series(key, case_.scenarios) : Series(case_.scenarios.size(), otherwise);
  }

  template <class Item>
  static void check_new(const CaseTable& table, const std::string& name, const std::vector<Item>& items) {
    for (const Item& item : items)
      if (item.name == name) table.fail("name", fmt::format("'{}' occurs twice; give every one its own name", name));
  }

  void read_sources() {
    for (const toml::table* item : root_.required_tables("sources", "a section [[sources]] for every source")) {
      const CaseTable table(
          file_, *item, "[[sources]]",
          {"name", "provenance", "available", "use_rate", "groundwater", "unconventional", "carbon_kg_per_m3",
           "quality_g_per_m3", "energy_kwh_per_m3", "links", "link_capacity", "link_energy_kwh_per_m3"});
      UrbanSource source;
      source.name = table.required_text("name", "name = \"surface\"");
      check_new(table, source.name, case_.sources);
      source.provenance = table.text("provenance");
      source.available = table.required_series("available", case_.scenarios);
      source.use_rate = series_or(table, "use_rate", 0.0);
      source.groundwater = table.flag("groundwater");
      source.unconventional = table.flag("unconventional");
      source.carbon_kg_per_m3 = table.series("carbon_kg_per_m3", case_.scenarios);
      source.quality_g_per_m3 = table.series("quality_g_per_m3", case_.scenarios);
      source.energy_kwh_per_m3 = table.series("energy_kwh_per_m3", case_.scenarios);
      read_links(table, case_.sources.size());
      source_tables_.push_back(item);
      case_.sources.push_back(std::move(source));
    }
  }

  void read_links(const CaseTable& table, std::size_t source) {
    std::vector<UrbanLink> links;
    for (const std::string& name : table.required_names("links", "links = [\"domestic\"]"))
      links.push_back({source, user_index(table, "links", name), {}, {}});
    std::sort(links.begin(), links.end(), [](const UrbanLink& a, const UrbanLink& b) { return a.user < b.user; });
    read_link_values(table, "link_capacity", links, &UrbanLink::capacity);
    read_link_values(table, "link_energy_kwh_per_m3", links, &UrbanLink::energy_kwh_per_m3);
    case_.links.insert(case_.links.end(), links.begin(), links.end());
  }

  std::size_t user_index(const CaseTable& table, std::string_view key, const std::string& name) const {
    const auto found = std::find(user_names_.begin(), user_names_.end(), name);
    if (found == user_names_.end()) fail_unknown_name(table, key, name, "a user", user_names_);
    return static_cast<std::size_t>(found - user_names_.begin());
  }

  void read_link_values(const CaseTable& table, std::string_view key, std::vector<UrbanLink>& links,
                        Series UrbanLink::*values) const {
    const toml::table* items = table.sub_table(key);
    if (items == nullptr) return;
    for (auto&& [name, value] : *items) {
      const std::size_t user = user_index(table, key, std::string(name.str()));
      const auto link = std::find_if(links.begin(), links.end(), [&](const UrbanLink& l) { return l.user == user; });
      if (link == links.end())
        table.fail(value, key,
                   fmt::format("has a value for '{0}', which this source is not linked to; add '{0}' to "
                               "links or remove the value",
                               name.str()));
      (*link).*values = table.series_of(value, key, case_.scenarios);
    }
  }

  void read_reference() {
    if (!root_.has("reference")) return;
    const CaseTable table = section("reference", {"provenance", "ideal", "nadir"});
    case_.reference.provenance = table.text("provenance");
    case_.reference.ideal = reference_point(table, "ideal");
    case_.reference.nadir = reference_point(table, "nadir");
    for (std::size_t k = 0; k < case_.objectives.size(); ++k)
      for (std::size_t s = 0; s < case_.scenarios.size(); ++s) {
        const bool maximised = case_.objectives[k] == UrbanObjective::benefit;
        const double ideal = case_.reference.ideal[k][s];
        const double nadir = case_.reference.nadir[k][s];
        if (maximised ? ideal <= nadir : ideal >= nadir)
          table.fail("nadir", fmt::format("{} in {}: the nadir ({}) must be worse than the ideal ({})",
                                          name_of(case_.objectives[k]), case_.scenarios[s], nadir, ideal));
      }
  }

  std::vector<Series> reference_point(const CaseTable& reference, std::string_view key) const {
    const toml::table* items = reference.sub_table(key);
    const std::string example = fmt::format("[reference.{}] with a number or a list for every objective", key);
    if (items == nullptr) reference.fail_missing(key, example);
    std::vector<Series> point;
    for (const UrbanObjective objective : case_.objectives) {
      const toml::node* value = items->get(name_of(objective));
      if (value == nullptr)
        reference.fail(*items, key, fmt::format("has no {}; write {}", name_of(objective), example));
      point.push_back(reference.series_of(*value, name_of(objective), case_.scenarios));
    }
    if (items->size() != point.size())
      reference.fail(*items, key, "names something that is not an objective of the case; remove it");
    return point;
  }

  void read_published() {
    if (!root_.has("published")) return;
    const CaseTable table = section("published", {"provenance", "per_scenario", "constants"});
    case_.published.provenance = table.text("provenance");
    // Names are free here: what somebody else found differs from case to case.
    if (const toml::table* items = table.sub_table("per_scenario"))
      for (auto&& [name, value] : *items)
        case_.published.per_scenario.push_back(
            {std::string(name.str()), table.series_of(value, name.str(), case_.scenarios)});
    if (const toml::table* items = table.sub_table("constants"))
      for (auto&& [name, value] : *items)
        case_.published.constants.push_back({std::string(name.str()), table.number_of(value, name.str())});
  }

  [[noreturn]] void report(const CaseFault& fault) const {
    const toml::table* table = root_.table().get_as<toml::table>("case");
    if (fault.part == CaseFault::Part::source) table = source_tables_[fault.index];
    if (fault.part == CaseFault::Part::user) table = user_tables_[fault.index];
    std::string_view key = fault.key;
    // Bounds that cross are reported at the upper one, which may be the default.
    if (key == "demand_upper" && !table->contains(key) && table->contains("demand_lower")) key = "demand_lower";
    std::size_t line = line_of_key(*table, key);
    const toml::array* items = table->get_as<toml::array>(key);
    if (items != nullptr && fault.scenario && *fault.scenario < items->size())
      line = items->get(*fault.scenario)->source().begin.line;
    throw CaseError(file_, line, std::string(key), fault.message);
  }

  const std::string& file_;
  CaseTable root_;
  UrbanCase case_;
  std::vector<std::string> user_names_;
  std::vector<const toml::table*> user_tables_;
  std::vector<const toml::table*> source_tables_;
};

}  // namespace

UrbanCase parse_urban_case(std::string_view text, const std::string& file) {
  const toml::table table = parse_case_toml(text, file);
  return CaseLoader(file, table).load();
}

UrbanCase load_urban_case(const std::string& path_or_name) {
  const CaseFile file = read_case_file(path_or_name, urban_cases());
  return parse_urban_case(file.text, file.name);
}

}  // namespace millrace
