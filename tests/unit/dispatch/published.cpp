// The frozen totals and hours of fixed schedules, and the rows of the paper.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <sstream>

#include "problems/dispatch/load_case.hpp"
#include "problems/dispatch/totals.hpp"
#include "tests/reference/dispatch.hpp"
#include "tests/unit/dispatch/fixed_policies.hpp"

namespace millrace {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

std::vector<Row> rows_of(const char* name) {
  std::ifstream in(std::string(MILLRACE_SOURCE_DIR) + "/tests/unit/dispatch/" + name);
  REQUIRE(in);
  std::string line;
  std::getline(in, line);
  const auto headings = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const auto fields = fields_of(line);
    REQUIRE(fields.size() == headings.size());
    Row row;
    for (std::size_t k = 0; k < fields.size(); ++k) row[headings[k]] = fields[k];
    rows.push_back(row);
  }
  return rows;
}

std::string scenario_name(const std::string& short_name) {
  if (short_name == "lowren") return "low_ren";
  return short_name == "hypertax" ? "hyper_tax" : short_name;
}

struct Setting {
  DispatchCase dispatch = load_dispatch_case("dispatch");
  const DispatchScenario& scenario;
  DispatchModel model;
  Futures futures;

  Setting(const std::string& profile, const std::string& scenario_short)
      : Setting(with_profile(profile), scenario_short) {}

 private:
  Setting(DispatchCase with, const std::string& scenario_short)
      : dispatch(std::move(with)), scenario(*dispatch.scenario(scenario_name(scenario_short))),
        model(make_dispatch_model(dispatch, scenario)), futures(certain_future(dispatch, scenario)) {}
  static DispatchCase with_profile(const std::string& profile) {
    DispatchCase with = load_dispatch_case("dispatch");
    with.profile = *dispatch_profile(profile);
    return with;
  }
};

void check_golden(double value, const Row& row, const char* column) {
  const double expected = std::stod(row.at(column));
  INFO(row.at("profile") << " " << row.at("scenario") << " " << row.at("policy") << " " << column);
  CHECK(value == Approx(expected).epsilon(1e-9).margin(1e-5));
}

/// Against a printed number: a share of it, and half a unit for its rounding.
void check_printed(double value, double printed, double share) {
  CHECK(std::abs(value - printed) <= share * printed + 0.5);
}

}  // namespace

TEST_CASE("fixed schedules have their golden totals") {
  const auto rows = rows_of("golden.csv");
  REQUIRE(rows.size() >= 32);
  for (const Row& row : rows) {
    const Setting s(row.at("profile"), row.at("scenario"));
    DispatchWork work;
    simulate_schedules(s.model, s.futures, as_lanes(fixed_schedule(row.at("policy"))).data(), work);
    const DispatchTotals t = totals_of(s.model, work, 0, 13);
    check_golden(t.operating_cost, row, "op_gbp");
    check_golden(t.carbon_kg, row, "carbon_kg");
    check_golden(t.water_m3, row, "water_m3");
    check_golden(t.fines, row, "fines_gbp");
    check_golden(t.total, row, "total_gbp");
    check_golden(t.violation, row, "violation_gbp");
    check_golden(t.unmet_m3, row, "unmet_m3");
    check_golden(t.deficit_MWh, row, "short_MWh");
    check_golden(t.reclaimed_m3, row, "reclaim_m3");
    check_golden(t.hydro_MWh, row, "hydro_MWh");
    check_golden(t.thermal_MWh, row, "thermal_MWh");
    if (row.at("policy") == "BAU") continue;
    DispatchTotals without;
    constant_totals(s.model, s.futures, kNoCapture.controls, {&without, 1});
    check_golden(wcmpi(t, without), row, "wcmpi_m3_per_t_vs_BAU");
  }
}

TEST_CASE("fixed schedules have their traced hours") {
  const std::vector<std::pair<const char*, std::size_t>> columns = {
      {"cap_t", DispatchHour::captured},       {"E_ccus", DispatchHour::capture_energy},
      {"W_cool", DispatchHour::cooling},       {"W_fresh", DispatchHour::fresh},
      {"W_reclaim", DispatchHour::reclaimed},  {"unmet", DispatchHour::unmet},
      {"E_water", DispatchHour::water_energy}, {"thermal", DispatchHour::thermal},
      {"hydro", DispatchHour::hydro},          {"short", DispatchHour::deficit},
      {"surplus", DispatchHour::surplus},      {"H_end", DispatchHour::reservoir},
      {"carbon", DispatchHour::carbon_kg},     {"water", DispatchHour::water}};
  const auto rows = rows_of("trace.csv");
  REQUIRE(rows.size() == 96);
  for (const Row& row : rows) {
    const Setting s(row.at("profile"), row.at("scenario"));
    DispatchWork work;
    DispatchTrace trace(24);
    simulate_schedules(s.model, s.futures, as_lanes(fixed_schedule(row.at("policy"))).data(), work, &trace);
    const auto hour = static_cast<std::size_t>(std::stoi(row.at("hour")));
    for (const auto& [column, quantity] : columns) {
      INFO(row.at("profile") << " " << row.at("scenario") << " hour " << hour << " " << column);
      CHECK(trace.at(hour, quantity)[63] == Approx(std::stod(row.at(column))).epsilon(0).margin(1e-6));
    }
    CHECK(s.futures.renewable(0)[hour] == Approx(std::stod(row.at("ren"))).margin(1e-6));
  }
}

TEST_CASE("the paper's rows of the fixed policies are met") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  std::size_t met = 0;
  for (const PublishedDispatch& row : dispatch.published) {
    if (row.policy == "sac") continue;
    INFO(row.scenario << " " << row.policy);
    const Setting s("table2", row.scenario);
    DispatchTotals t;
    const bool rule = row.policy == "rule_based";
    constant_totals(s.model, s.futures, rule ? kRuleBased.controls : kCollapsed.controls, {&t, 1});
    check_printed(t.operating_cost, row.operating_cost, rule ? 1e-4 : 2e-3);
    check_printed(t.carbon_kg, row.carbon_kg, 1e-4);
    check_printed(t.water_m3, row.water_m3, rule ? 1e-4 : 2e-2);
    check_printed(t.fines, row.fines, 1e-4);
    check_printed(t.total, row.total, 1e-4);
    ++met;
  }
  CHECK(met == 8);
}

TEST_CASE("the physical profile keeps the rule-based totals of the paper") {
  const std::vector<std::pair<const char*, double>> totals = {
      {"base", 8894834.0}, {"drought", 11282834.0}, {"low_ren", 8894834.0}};
  for (const auto& [scenario, printed] : totals) {
    const Setting s("physical", scenario);
    DispatchTotals t;
    constant_totals(s.model, s.futures, kRuleBased.controls, {&t, 1});
    CHECK(std::abs(t.total - printed) <= 2e-4 * printed);
  }
}

}  // namespace millrace
