#include "problems/industrial/load_case.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <utility>

#include "problems/case/case_file.hpp"
#include "problems/industrial/builtin_cases.hpp"
#include "problems/industrial/load_published.hpp"
#include "problems/industrial/load_sectors.hpp"
#include "problems/industrial/sourced_table.hpp"

namespace millrace {
namespace {

// How far probabilities may add up from 1.
constexpr double kProbabilityError = 1e-9;

class CaseLoader {
 public:
  CaseLoader(const std::string& file, const toml::table& table)
      : file_(file), root_(file, table, "the case file",
                           {"case", "units", "periods", "levels", "regions", "diverted", "energy", "energy_scenarios",
                            "cost", "risk_levels", "risk", "carbon", "trend", "sectors", "published", "corrections"}) {}

  IndustrialCase load() {
    read_general();
    read_periods_and_levels();
    read_resources();
    read_energy();
    read_cost();
    read_risk();
    read_carbon_and_trend();
    read_sectors(file_, root_, case_);
    read_published(file_, root_, case_);
    return std::move(case_);
  }

 private:
  SourcedTable section(std::string_view key, std::initializer_list<std::string_view> keys) const {
    const toml::table* table = root_.sub_table(key);
    if (table == nullptr) root_.fail_missing(key, fmt::format("a section [{}]", key));
    return SourcedTable(file_, *table, fmt::format("[{}]", key), case_.default_source, keys);
  }

  std::vector<SourcedTable> sections(std::string_view key, std::initializer_list<std::string_view> keys) const {
    std::vector<SourcedTable> tables;
    for (const toml::table* item : root_.required_tables(key, fmt::format("a section [[{}]]", key)))
      tables.emplace_back(file_, *item, fmt::format("[[{}]]", key), case_.default_source, keys);
    if (tables.empty()) root_.fail_missing(key, fmt::format("a section [[{}]]", key));
    return tables;
  }

  template <class Item>
  static std::string new_name(const SourcedTable& table, const std::vector<Item>& items, const std::string& example) {
    const std::string name = table.plain().required_text("name", example);
    for (const Item& item : items)
      if (item.name == name) table.fail("name", fmt::format("'{}' occurs twice; give every one its own name", name));
    return name;
  }

  void read_general() {
    const toml::table* general = root_.sub_table("case");
    if (general == nullptr) root_.fail_missing("case", "a section [case]");
    const CaseTable table(file_, *general, "[case]",
                          {"family", "name", "title", "provenance", "assumptions", "default_source"});
    case_.name = table.required_text("name", "name = \"myprovince\"");
    case_.title = table.text("title");
    case_.provenance = table.text("provenance");
    case_.assumptions = table.texts("assumptions");
    case_.default_source = table.text("default_source");
    read_units();
  }

  /// The model computes in these; the section is for readers, and must say the same.
  void read_units() const {
    const toml::table* units = root_.sub_table("units");
    if (units == nullptr) return;
    const CaseTable table(file_, *units, "[units]", {"water", "money", "energy", "carbon"});
    const std::map<std::string, std::string> used = {
        {"water", "1e6 m3"}, {"money", "1e6 RMB"}, {"energy", "1e6 kWh"}, {"carbon", "kt CO2"}};
    for (const auto& [key, unit] : used)
      if (table.has(key) && table.text(key) != unit)
        table.fail(key, fmt::format("is \"{}\"; industrial cases are written in {}", table.text(key), unit));
  }

  void read_periods_and_levels() {
    for (const SourcedTable& table : sections("periods", {"name", "years", "sources"})) {
      IndustrialPeriod period{new_name(table, case_.periods, "name = \"2021-2025\""),
                              table.number("years", "years = 5"), table.sources()};
      if (period.years <= 0.0) table.fail("years", fmt::format("is {}; write a number above 0", period.years));
      case_.periods.push_back(std::move(period));
    }
    double sum = 0.0;
    const auto levels = sections("levels", {"name", "probability", "sources"});
    for (const SourcedTable& table : levels) {
      IndustrialLevel level{new_name(table, case_.levels, "name = \"low\""),
                            table.number("probability", "probability = 0.2"), table.sources()};
      if (level.probability < 0.0)
        table.fail("probability", fmt::format("is {}; write a number of at least 0", level.probability));
      sum += level.probability;
      case_.levels.push_back(std::move(level));
    }
    if (std::abs(sum - 1.0) > kProbabilityError)
      levels.back().fail("probability", fmt::format("the levels' probabilities add up to {}; make the sum 1", sum));
    if (case_.levels.size() > kMostLevels)
      levels.back().fail("name", fmt::format("there are {} levels; at most {}", case_.levels.size(), kMostLevels));
  }

  void read_resources() {
    const std::size_t periods = case_.periods.size();
    for (const SourcedTable& table : sections("regions", {"name", "surface", "ground", "sources"})) {
      IndustrialRegion region;
      region.name = new_name(table, case_.regions, "name = \"province\"");
      region.surface = table.grid("surface", periods, case_.levels.size(), "surface = [[[1800, 1860], ...], ...]");
      region.ground = table.intervals("ground", periods, "period", "ground = [[2100, 2200], ...]");
      region.sources = table.sources();
      case_.regions.push_back(std::move(region));
    }
    const SourcedTable diverted = section("diverted", {"available", "sources"});
    case_.diverted = diverted.intervals("available", periods, "period", "available = [[300, 400], ...]");
    case_.diverted_sources = diverted.sources();
  }

  void read_energy() {
    const SourcedTable table =
        section("energy", {"surface", "ground", "diverted", "reuse", "wastewater", "progress", "sources"});
    const std::pair<std::string_view, Interval IndustrialEnergy::*> fields[] = {
        {"surface", &IndustrialEnergy::surface},
        {"ground", &IndustrialEnergy::ground},
        {"diverted", &IndustrialEnergy::diverted},
        {"reuse", &IndustrialEnergy::reuse},
        {"wastewater", &IndustrialEnergy::wastewater}};
    for (const auto& [key, field] : fields) case_.energy.*field = table.interval(key, "[0.42, 0.43]");
    case_.energy.progress = table.number_or("progress", 1.0);
    case_.energy.sources = table.sources();
    for (const SourcedTable& scenario : sections("energy_scenarios", {"name", "limit", "sources"})) {
      EnergyScenario made;
      made.name = new_name(scenario, case_.energy_scenarios, "name = \"S0\"");
      if (scenario.has("limit")) made.limit = scenario.intervals("limit", case_.periods.size(), "period", "");
      for (const Interval& limit : made.limit)
        if (limit.lower <= 0.0) scenario.fail("limit", "must be above 0 in every period");
      made.sources = scenario.sources();
      case_.energy_scenarios.push_back(std::move(made));
    }
  }

  void read_cost() {
    const SourcedTable table =
        section("cost", {"water", "surface_treatment", "ground_treatment", "diverted_treatment", "diverted_purchase",
                         "reuse", "wastewater", "cost_growth", "benefit_growth", "penalty_factor",
                         "off_route_surcharge", "off_route_energy", "sources"});
    const std::pair<std::string_view, Interval IndustrialCost::*> fields[] = {
        {"water", &IndustrialCost::water},
        {"surface_treatment", &IndustrialCost::surface_treatment},
        {"ground_treatment", &IndustrialCost::ground_treatment},
        {"diverted_treatment", &IndustrialCost::diverted_treatment},
        {"diverted_purchase", &IndustrialCost::diverted_purchase},
        {"reuse", &IndustrialCost::reuse},
        {"wastewater", &IndustrialCost::wastewater}};
    for (const auto& [key, field] : fields)
      case_.cost.*field = table.interval(key, fmt::format("{} = [3.2, 3.8]", key));
    case_.cost.cost_growth = table.number_or("cost_growth", 1.0);
    case_.cost.benefit_growth = table.number_or("benefit_growth", 1.0);
    case_.cost.penalty_factor = table.number("penalty_factor", "penalty_factor = 1.1");
    if (case_.cost.penalty_factor < 0.0) table.fail("penalty_factor", "must not be below 0");
    case_.cost.off_route_surcharge = table.number_or("off_route_surcharge", 0.0);
    case_.cost.off_route_energy = table.number_or("off_route_energy", 1.0);
    case_.cost.sources = table.sources();
  }

  void read_risk() {
    for (const SourcedTable& table : sections("risk_levels", {"name", "xi", "sources"})) {
      RiskLevel level{new_name(table, case_.risk_levels, "name = \"R1\""), table.number("xi", "xi = -0.02"),
                      table.sources()};
      if (!(level.xi <= 0.0 && level.xi > -1.0))
        table.fail("xi", fmt::format("is {}; write a share between -1 and 0", level.xi));
      case_.risk_levels.push_back(std::move(level));
    }
    const SourcedTable table = section(
        "risk", {"k_lower_model", "k_upper_model", "a", "b", "c", "eta_max", "alpha_max", "benefit_max", "sources"});
    const std::pair<std::string_view, double RiskRule::*> fields[] = {{"k_lower_model", &RiskRule::k_lower_model},
                                                                      {"k_upper_model", &RiskRule::k_upper_model},
                                                                      {"a", &RiskRule::a},
                                                                      {"b", &RiskRule::b},
                                                                      {"c", &RiskRule::c},
                                                                      {"eta_max", &RiskRule::eta_max},
                                                                      {"alpha_max", &RiskRule::alpha_max},
                                                                      {"benefit_max", &RiskRule::benefit_max}};
    for (const auto& [key, field] : fields) case_.risk.*field = table.number(key, fmt::format("{} = 1.0", key));
    for (const std::string_view key : {"eta_max", "alpha_max", "benefit_max"})
      if (table.number(key, "") <= 0.0) table.fail(key, "must be above 0");
    case_.risk.sources = table.sources();
  }

  void read_carbon_and_trend() {
    const SourcedTable carbon = section("carbon", {"grid", "wastewater", "sources"});
    case_.carbon = {carbon.numbers("grid", case_.periods.size(), "grid = [0.57, 0.5, 0.42]"),
                    carbon.number("wastewater", "wastewater = 0.7"), carbon.sources()};
    const SourcedTable trend = section("trend", {"target", "requirement", "reuse_increment", "sources"});
    case_.trend.target = trend.number_or("target", 1.0);
    case_.trend.requirement = trend.number_or("requirement", 1.0);
    case_.trend.reuse_increment = trend.has("reuse_increment")
                                      ? trend.intervals("reuse_increment", case_.periods.size(), "period", "")
                                      : std::vector<Interval>(case_.periods.size());
    case_.trend.sources = trend.sources();
  }

  const std::string& file_;
  CaseTable root_;
  IndustrialCase case_;
};

}  // namespace

IndustrialCase parse_industrial_case(std::string_view text, const std::string& file) {
  const toml::table table = parse_case_toml(text, file);
  return CaseLoader(file, table).load();
}

IndustrialCase load_industrial_case(const std::string& path_or_name) {
  const CaseFile file = read_case_file(path_or_name, industrial_cases());
  return parse_industrial_case(file.text, file.name);
}

}  // namespace millrace
