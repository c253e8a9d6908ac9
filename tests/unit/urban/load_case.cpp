#include "problems/urban/load_case.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/urban_problem.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {
namespace {

std::string error_of(const std::string& text) {
  try {
    parse_urban_case(text, "small.toml");
  } catch (const CaseError& error) {
    return error.what();
  }
  return "no error";
}

std::string error_with(std::string_view from, std::string_view to) { return error_of(small_case_with(from, to)); }

std::string file_error(const std::string& path) {
  try {
    load_urban_case(path);
  } catch (const CaseError& error) {
    CHECK(error.line() == 0);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a small case is read with its defaults, units and series") {
  const UrbanCase urban = parse_urban_case(kSmallCase, "small.toml");
  REQUIRE(urban.scenarios == std::vector<std::string>{"dry", "wet"});
  REQUIRE(urban.objectives.size() == 7);
  CHECK(urban.units.volume.size == 1e4);
  CHECK(urban.units.carbon.size == 1e3);
  CHECK(urban.shortage_rule == ShortageRule::hinge);
  REQUIRE(urban.sources.size() == 2);
  CHECK(urban.sources[0].available == Series{60, 80});
  CHECK(urban.sources[0].use_rate == Series{0, 0});
  CHECK(urban.sources[1].use_rate == Series{0.1, 0.1});
  CHECK(urban.sources[1].groundwater);
  REQUIRE(urban.users.size() == 2);
  CHECK(urban.users[0].demand_lower == Series{0.9, 0.9});
  CHECK(urban.users[1].demand_lower == Series{0.5, 0.5});
  CHECK(urban.users[1].demand_upper == Series{1.1, 1.1});
  // Links are sorted by source, then user, in whatever order the file names them.
  REQUIRE(urban.links.size() == 3);
  CHECK((urban.links[0].source == 0 && urban.links[0].user == 0 && urban.links[0].capacity == Series{50, 50}));
  CHECK(
      (urban.links[1].source == 0 && urban.links[1].user == 1 && urban.links[1].energy_kwh_per_m3 == Series{0.4, 0.3}));
  CHECK((urban.links[2].source == 1 && urban.links[2].user == 0));
}

TEST_CASE("units scale totals") {
  const auto urban = parse_urban_case(
      small_case_with("money = \"1e4 yuan\"", "money = \"1e6 EUR\"\ncarbon = \"kt CO2e\""), "small.toml");
  CHECK(urban.units.money == UrbanUnit{"1e6 EUR", 1e6});
  CHECK(urban.units.carbon == UrbanUnit{"kt CO2e", 1e6});
}

TEST_CASE("every fault of a case file is named with its line, its key and what to write instead") {
  CHECK(error_with("demand = 40", "demnad = 40") ==
        "small.toml:40: demnad: is not a key of [[users]]; write 'demand' instead");
  CHECK(error_with("volume = \"1e4 m3\"", "volume = \"1e4 m3\"\nxyzzyxyzzy = 1") ==
        "small.toml:8: xyzzyxyzzy: is not a key of [units]; remove it or write one of volume, money, carbon, energy, "
        "quality");
  CHECK(error_with("[units]", "[unit]") == "small.toml:6: unit: is not a key of the case file; write 'units' instead");
  CHECK(error_with("demand = 40\n", "") ==
        "small.toml:38: demand: is missing from [[users]]; add demand = <a number, or a list of one a scenario>");
  CHECK(error_with("name = \"river\"\n", "") ==
        "small.toml:10: name: is missing from [[sources]]; add name = \"surface\"");
  CHECK(error_of("") == "small.toml:1: case: is missing from the case file; add a section [case]");
  CHECK(error_with("demand = 40", "demand = \"40\"") ==
        "small.toml:40: demand: must be a number, not the string \"40\"; write for example demand = 12.5");
  CHECK(error_with("available = [60, 80]", "available = [60,\n true]") ==
        "small.toml:13: available: must be a number, not the boolean true; write for example available = 12.5");
  CHECK(
      error_with("available = [60, 80]", "available = [60, 80, 90]") ==
      "small.toml:12: available: has 3 values for 2 scenarios; write one number for all, or one for each of dry, wet");
  CHECK(error_with("demand = 40", "demand = -40") ==
        "small.toml:40: demand: user 'farms' has -40 in scenario 'dry'; write a number from 0 to 1e15");
  CHECK(error_with("demand = [50, 55]", "demand = [\n50,\n-55]") ==
        "small.toml:34: demand: user 'town' has -55 in scenario 'wet'; write a number from 0 to 1e15");
  CHECK(error_with("demand = 40", "demand = nan") ==
        "small.toml:40: demand: is nan; write a finite number, for example demand = 12.5");
  CHECK(error_with("available = 70", "available = inf") ==
        "small.toml:22: available: is inf; write a finite number, for example available = 12.5");
  CHECK(error_with("links = [\"farms\", \"town\"]", "links = [\"farm\", \"town\"]") ==
        "small.toml:16: links: names 'farm', which is not a user; write 'farms' instead");
  CHECK(error_with("links = [\"farms\", \"town\"]", "links = [\"power stations\", \"town\"]") ==
        "small.toml:16: links: names 'power stations', which is not a user; write one of town, farms");
  CHECK(error_with("link_capacity = { town = 50 }", "link_capacity = { towm = 50 }") ==
        "small.toml:17: link_capacity: names 'towm', which is not a user; write 'town' instead");
  CHECK(
      error_with("links = [\"town\"]\n", "links = [\"town\"]\nlink_capacity = { farms = 3 }\n") ==
      "small.toml:29: link_capacity: has a value for 'farms', which this source is not linked to; add 'farms' to links "
      "or remove the value");
  CHECK(
      error_with("demand_lower = 0.5", "demand_lower = 1.5") ==
      "small.toml:41: demand_lower: user 'farms' has the lower bound 1.5 above the upper bound 1.1 in scenario 'dry'; "
      "write demand_lower <= demand_upper");
  CHECK(
      error_with("[[sources]]", "[demand_bounds]\nlower = 1.2\n[[sources]]") ==
      "small.toml:11: lower: the bounds 1.2 to 1.1 are not in order; write 0 <= lower <= upper, as in lower = 0.9 and "
      "upper = 1.1");
  CHECK(error_with("name = \"farms\"", "name = \"town\"") ==
        "small.toml:39: name: 'town' occurs twice; give every one its own name");
  CHECK(error_with("name = \"wells\"", "name = \"river\"") ==
        "small.toml:21: name: 'river' occurs twice; give every one its own name");
  CHECK(error_with("scenarios = [\"dry\", \"wet\"]", "scenarios = [\"dry\", \"dry\"]") ==
        "small.toml:3: scenarios: has 'dry' twice; write every name once");
  CHECK(error_with("links = [\"farms\", \"town\"]", "links = [\"town\", \"town\"]") ==
        "small.toml:16: links: has 'town' twice; write every name once");
  CHECK(error_with("scenarios = [\"dry\", \"wet\"]", "scenarios = []") ==
        "small.toml:3: scenarios: is an empty list; write scenarios = [\"2025\", \"2030\"]");
  CHECK(error_with("scenarios = [\"dry\", \"wet\"]", "scenarios = [2025, 2030]") ==
        "small.toml:3: scenarios: must be a string, not the number 2025; write every item of the list in quotes");
  CHECK(error_with("links = [\"town\"]", "links = []") ==
        "small.toml:28: links: is an empty list; write links = [\"domestic\"]");
  CHECK(error_of("sources = []\n" + small_case_with("[[sources]]", "[[users]]")).find("small.toml:") == 0);
  CHECK(error_with("use_rate = 0.1", "use_rate = 1.1") ==
        "small.toml:23: use_rate: source 'wells' has 1.1 in scenario 'dry'; write a share from 0 to 1");
  CHECK(error_with("groundwater = true", "groundwater = 1") ==
        "small.toml:24: groundwater: must be true or false, not the number 1; write groundwater = true");
  CHECK(error_with("groundwater = true\n", "") ==
        "small.toml:4: objectives: has groundwater, and no source is groundwater; add groundwater = true to such a "
        "source, "
        "or remove \"groundwater\"");
  CHECK(error_with("\"shortage\"", "\"shortages\"") ==
        "small.toml:4: objectives: names 'shortages', which is not an objective; write 'shortage' instead");
  CHECK(error_with("benefit_per_m3 = 2\n", "") ==
        "small.toml:38: benefit_per_m3: is missing from user 'farms', and the objective benefit needs it; add "
        "benefit_per_m3 = <a number, or a list of one a scenario>, or remove \"benefit\" from objectives");
  CHECK(error_with("volume = \"1e4 m3\"", "volume = \"1e4 pints\"") ==
        "small.toml:7: volume: is \"1e4 pints\", not a size and a unit; write for example volume = \"1e4 m3\"");
  CHECK(error_with("name = \"small\"", "name = \"small\"\nshortage_rule = \"plain\"") ==
        "small.toml:3: shortage_rule: is \"plain\"; write \"hinge\" or \"difference\"");
}

TEST_CASE("limits that no allocation can satisfy are explained with the amount and the scenario") {
  const std::string add = "; add water or links to them, or lower the demand or its lower bound (demand_lower)";
  const std::string use = "; lower the use_rate, or link more users to them";
  CHECK(error_with("available = 70", "available = 4") ==
        "small.toml:32: demand: in dry town and farms demand together need at least 65, sources and links allow 64 "
        "(river "
        "60 and wells 4): 1 too little [1e4 m3]" +
            add);
  CHECK(error_with("available = [60, 80]", "available = [60, 19]") ==
        "small.toml:40: demand: in wet farms demand needs at least 20, sources and links allow 19 (river 19): 1 too "
        "little [1e4 m3]" +
            add);
  CHECK(error_with("available = 70\nuse_rate = 0.1", "available = 700\nuse_rate = 0.1") ==
        "small.toml:23: use_rate: in dry wells must deliver 70, users may take 55 (town 55): 15 too much [1e4 m3]" +
            use);
  // A lake with plenty of water, for a mine only: the total suffices, and still the town and the farms lack water.
  const std::string lake = R"(
[[sources]]
name = "lake"
available = 500
use_rate = 0
carbon_kg_per_m3 = 1
quality_g_per_m3 = 1
energy_kwh_per_m3 = 1
links = ["mine"]
[[users]]
name = "mine"
demand = 100
benefit_per_m3 = 2
shortage_weight = 0.3
discharge = 0
carbon_kg_per_m3 = 0.1
)";
  REQUIRE(error_of(std::string(kSmallCase) + lake) == "no error");
  CHECK(error_of(small_case_with("available = 70", "available = 4") + lake) ==
        "small.toml:32: demand: in dry town and farms demand together need at least 65, sources and links allow 64 "
        "(river "
        "60 and wells 4): 1 too little [1e4 m3]" +
            add);
  // Two sources that must both deliver to one user more than it takes.
  CHECK(
      error_of(small_case_with("use_rate = 0.1", "use_rate = 0.6") +
               std::string(lake)
                   .replace(lake.find("\"mine\"]"), 7, "\"mine\", \"town\"]")
                   .replace(lake.find("use_rate = 0"), 12, "use_rate = 0.27")) ==
      "small.toml:23: use_rate: in dry wells and lake must deliver together 177, users may take 165 (town 55 and mine "
      "110): 12 too much [1e4 m3]" +
          use);
}

TEST_CASE("a syntax error and an unreadable file are case errors") {
  CHECK(
      error_with("demand = 40", "demand = ") ==
      "small.toml:40: syntax: Error while parsing key-value pair: expected value, saw '\\n'; correct the TOML on this "
      "line");
  CHECK(error_with("demand = 40", "demand = 40\ndemand = 41") ==
        "small.toml:41: syntax: Error while parsing key-value pair: cannot redefine existing integer 'demand'; correct "
        "the TOML on this line");
  CHECK(file_error("/nowhere/city.toml") ==
        "/nowhere/city.toml: cannot be read (No such file or directory); write the path of a case file, or a "
        "built-in case: pingliang");
  CHECK(file_error("/tmp") ==
        "/tmp: cannot be read (it is a directory); write the path of a case file, or a built-in case: pingliang");
}

TEST_CASE("built-in cases are found by name") {
  CHECK(case_names(urban_cases()) == std::vector<std::string_view>{"pingliang"});
  CHECK_FALSE(case_text(urban_cases(), "nowhere").has_value());
  REQUIRE(case_text(urban_cases(), "pingliang").has_value());
  const UrbanCase urban = load_urban_case("pingliang");
  CHECK(urban == load_urban_case(MILLRACE_SOURCE_DIR "/problems/urban/cases/pingliang.toml"));
  CHECK(urban.scenario_index("2035") == 2);
  CHECK_FALSE(urban.scenario_index("2036").has_value());
  CHECK_THROWS_WITH(make_urban_problem(urban, {.scenario = "2036"}),
                    "case 'pingliang' has no scenario '2036'; write one of 2025, 2030, 2035, 2040");
}

}  // namespace millrace
