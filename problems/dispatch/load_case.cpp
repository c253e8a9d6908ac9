#include "problems/dispatch/load_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/case/case_file.hpp"
#include "problems/case/case_table.hpp"
#include "problems/dispatch/builtin_cases.hpp"
#include "problems/dispatch/case_fault.hpp"

namespace millrace {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

double required(const CaseTable& table, std::string_view key) {
  if (!table.has(key)) table.fail_missing(key, fmt::format("{} = <a number>", key));
  return table.number(key, 0.0);
}

class DispatchLoader {
 public:
  DispatchLoader(const std::string& file, const toml::table& table)
      : file_(file), root_(file, table, "the file",
                           {"case", "capture", "cooling", "hydro", "prices", "noise", "observation", "hours",
                            "scenarios", "published"}) {}

  DispatchCase load() {
    read_head();
    read_plant();
    read_prices();
    read_noise();
    read_observation();
    read_hours();
    read_scenarios();
    read_published();
    if (const auto fault = dispatch_fault(case_)) report(*fault);
    return std::move(case_);
  }

 private:
  CaseTable section(std::string_view name, std::initializer_list<std::string_view> keys) const {
    const toml::table* table = root_.sub_table(name);
    if (table == nullptr) root_.fail_missing(name, fmt::format("a section [{}]", name));
    return {file_, *table, fmt::format("[{}]", name), keys};
  }

  void read_head() {
    const CaseTable head = section("case", {"family", "name", "title", "provenance", "assumptions", "profile"});
    case_.name = head.required_text("name", "name = \"plant\"");
    case_.title = head.required_text("title", "title = \"...\"");
    case_.provenance = head.text("provenance");
    case_.assumptions = head.texts("assumptions");
    const std::string profile = head.required_text("profile", "profile = \"physical\"");
    const auto found = dispatch_profile(profile);
    if (!found) head.fail("profile", fmt::format("'{}' is no profile; write physical or table2", profile));
    case_.profile = *found;
  }

  void read_plant() {
    DispatchPlant& p = case_.plant;
    const CaseTable capture = section("capture", {"provenance", "kiln_t_per_h", "capture_share", "reference_share",
                                                  "reference_energy_MWh", "exponent", "base_load_MWh"});
    p.kiln_t_per_h = required(capture, "kiln_t_per_h");
    p.capture_share = required(capture, "capture_share");
    p.reference_share = required(capture, "reference_share");
    p.reference_energy_MWh = required(capture, "reference_energy_MWh");
    p.capture_exponent = required(capture, "exponent");
    p.base_load_MWh = required(capture, "base_load_MWh");
    const CaseTable cooling = section("cooling", {"provenance", "water_m3_per_t", "water_m3_per_MWh",
                                                  "fresh_energy_MWh_per_m3", "reclaim_energy_MWh_per_m3"});
    p.cooling_m3_per_t = required(cooling, "water_m3_per_t");
    p.cooling_m3_per_MWh = required(cooling, "water_m3_per_MWh");
    p.fresh_energy_MWh_per_m3 = required(cooling, "fresh_energy_MWh_per_m3");
    p.reclaim_energy_MWh_per_m3 = required(cooling, "reclaim_energy_MWh_per_m3");
    const CaseTable hydro = section("hydro", {"provenance", "evaporation_m3_per_MWh", "reservoir_start_MWh",
                                              "reservoir_most_MWh", "turbine_MW", "pump_MW", "pump_efficiency"});
    p.evaporation_m3_per_MWh = required(hydro, "evaporation_m3_per_MWh");
    p.reservoir_start_MWh = required(hydro, "reservoir_start_MWh");
    p.reservoir_most_MWh = required(hydro, "reservoir_most_MWh");
    p.turbine_MW = required(hydro, "turbine_MW");
    p.pump_MW = required(hydro, "pump_MW");
    p.pump_efficiency = required(hydro, "pump_efficiency");
  }

  void read_prices() {
    DispatchPlant& p = case_.plant;
    const CaseTable prices = section("prices", {"provenance", "thermal_gbp_per_MWh", "hydro_gbp_per_MWh",
                                                "water_gbp_per_m3", "unmet_water_gbp_per_m3", "deficit_gbp_per_MWh"});
    p.thermal_gbp_per_MWh = required(prices, "thermal_gbp_per_MWh");
    p.hydro_gbp_per_MWh = required(prices, "hydro_gbp_per_MWh");
    p.water_gbp_per_m3 = required(prices, "water_gbp_per_m3");
    p.unmet_gbp_per_m3 = required(prices, "unmet_water_gbp_per_m3");
    p.deficit_gbp_per_MWh = required(prices, "deficit_gbp_per_MWh");
  }

  void read_noise() {
    if (!root_.has("noise")) return;
    const CaseTable noise =
        section("noise", {"provenance", "renewable", "carbon_intensity", "training_seeds", "evaluation_seeds", "tail"});
    case_.noise.renewable = required(noise, "renewable");
    case_.noise.carbon = required(noise, "carbon_intensity");
    case_.noise.training_seeds = count_of(noise, "training_seeds", case_.noise.training_seeds);
    case_.noise.evaluation_seeds = count_of(noise, "evaluation_seeds", case_.noise.evaluation_seeds);
    case_.noise.tail = noise.number("tail", case_.noise.tail);
  }

  static std::size_t count_of(const CaseTable& table, std::string_view key, std::size_t otherwise) {
    const double value = table.number(key, static_cast<double>(otherwise));
    if (!(value >= 1.0 && value <= 10000.0 && value == std::floor(value)))
      table.fail(key, fmt::format("is {}; write a whole number from 1 to 10000", value));
    return static_cast<std::size_t>(value);
  }

  void read_observation() {
    const CaseTable seen = section("observation", {"provenance", "carbon_centre_kg_per_MWh", "carbon_spread_kg_per_MWh",
                                                   "renewable_centre_MWh", "renewable_spread_MWh"});
    case_.observation = {required(seen, "carbon_centre_kg_per_MWh"), required(seen, "carbon_spread_kg_per_MWh"),
                         required(seen, "renewable_centre_MWh"), required(seen, "renewable_spread_MWh")};
  }

  void read_hours() {
    const CaseTable hours = section("hours", {"provenance", "carbon_intensity_kg_per_MWh", "renewable_MWh"});
    case_.hours.carbon_kg_per_MWh = hourly(hours, "carbon_intensity_kg_per_MWh");
    case_.hours.renewable_MWh = hourly(hours, "renewable_MWh");
  }

  static std::vector<double> hourly(const CaseTable& table, std::string_view key) {
    const toml::node* node = table.table().get(key);
    if (node == nullptr) table.fail_missing(key, fmt::format("{} = [<a number an hour>]", key));
    if (!node->is_array()) table.fail(*node, key, "must be a list of one number an hour");
    std::vector<double> values;
    for (const toml::node& item : *node->as_array()) values.push_back(table.number_of(item, key));
    return values;
  }

  void read_scenarios() {
    for (const toml::table* item : root_.required_tables("scenarios", "a section [[scenarios]] with name = \"base\"")) {
      const CaseTable table(file_, *item, "[[scenarios]]",
                            {"name", "provenance", "fresh_limit_m3_per_h", "renewable_factor", "carbon_gbp_per_t",
                             "reclaim_limit_m3_per_h"});
      DispatchScenario scenario;
      scenario.name = table.required_text("name", "name = \"base\"");
      if (scenario.name.find('/') != std::string::npos || scenario.name[0] == '.')
        table.fail("name", "names a folder of results; write it without / and not beginning with a dot");
      if (case_.scenario(scenario.name) != nullptr)
        table.fail("name", fmt::format("'{}' is the name of two scenarios; rename one", scenario.name));
      scenario.provenance = table.text("provenance");
      scenario.fresh_limit_m3_per_h = required(table, "fresh_limit_m3_per_h");
      scenario.carbon_gbp_per_t = required(table, "carbon_gbp_per_t");
      scenario.renewable_factor = table.number("renewable_factor", 1.0);
      scenario.reclaim_limit_m3_per_h = table.number("reclaim_limit_m3_per_h", kUnlimited);
      case_.scenarios.push_back(std::move(scenario));
      scenario_tables_.push_back(item);
    }
  }

  void read_published() {
    if (!root_.has("published")) return;
    for (const toml::table* item : root_.required_tables("published", "a section [[published]]")) {
      const CaseTable table(file_, *item, "[[published]]", {"scenario", "rule_based", "ppo", "sac"});
      const std::string scenario = table.required_text("scenario", "scenario = \"base\"");
      if (case_.scenario(scenario) == nullptr)
        table.fail("scenario", fmt::format("'{}' is no scenario of this case", scenario));
      for (const char* policy : {"rule_based", "ppo", "sac"}) {
        if (!table.has(policy)) continue;
        const std::vector<double> row = hourly(table, policy);
        if (row.size() != 5) table.fail(policy, "must be five numbers: operating cost, carbon, water, fines, total");
        case_.published.push_back({scenario, policy, row[0], row[1], row[2], row[3], row[4]});
      }
    }
  }

  [[noreturn]] void report(const DispatchFault& fault) const {
    const toml::table* table =
        fault.section == "scenarios" ? scenario_tables_[fault.index] : root_.table().get_as<toml::table>(fault.section);
    throw CaseError(file_, line_of_key(table == nullptr ? root_.table() : *table, fault.key), fault.key, fault.message);
  }

  const std::string& file_;
  CaseTable root_;
  DispatchCase case_;
  std::vector<const toml::table*> scenario_tables_;
};

}  // namespace

DispatchCase parse_dispatch_case(std::string_view text, const std::string& file) {
  const toml::table table = parse_case_toml(text, file);
  return DispatchLoader(file, table).load();
}

DispatchCase load_dispatch_case(const std::string& path_or_name) {
  const CaseFile file = read_case_file(path_or_name, dispatch_cases());
  return parse_dispatch_case(file.text, file.name);
}

}  // namespace millrace
