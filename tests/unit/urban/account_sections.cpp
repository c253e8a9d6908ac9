#include <catch2/catch.hpp>

#include "problems/urban/load_case.hpp"
#include "problems/urban/write_case.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {
namespace {

constexpr const char* kSections = R"(
[accounting.population]
status = "input"
provenance = "counted"
values = [1000, 1100]

[accounting.carbon_price_low_per_t]
status = "published"
values = 5

[accounting.carbon_price_high_per_t]
status = "derived"
values = [50, 60]

[sensitivity]
provenance = "guessed"
ranges = [
  { quantity = "demand", of = "town", low = 0.9, high = 1.1 },
  { quantity = "energy", low = 0.5, high = 2 },
]

[[sensitivity.what_if]]
name = "dry"
changes = [{ quantity = "available", of = "river", factor = 0.5 }, { quantity = "demand", factor = 1.2 }]
)";

std::string with_sections(const std::string& from = "", const std::string& to = "") {
  std::string text = std::string(kSmallCase) + kSections;
  return from.empty() ? text : text.replace(text.find(from), from.size(), to);
}

std::string error_with(const std::string& from, const std::string& to) {
  try {
    parse_urban_case(with_sections(from, to), "small.toml");
  } catch (const CaseError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("accounting and sensitivity are read, written and no part of the data's digest") {
  const UrbanCase urban = parse_urban_case(with_sections(), "small.toml");
  CHECK(urban.accounting.population.status == DataStatus::input);
  CHECK(urban.accounting.population.provenance == "counted");
  CHECK(*urban.accounting.population.at(1) == 1100.0);
  CHECK(urban.accounting.area_km2.status == DataStatus::missing);
  CHECK_FALSE(urban.accounting.area_km2.at(1).has_value());
  CHECK(*urban.accounting.carbon_price_low_per_t.at(1) == 5.0);
  REQUIRE(urban.sensitivity.ranges.size() == 2);
  CHECK(urban.sensitivity.ranges[0] == UrbanRange{UrbanQuantity::demand, "town", 0.9, 1.1});
  CHECK(urban.sensitivity.ranges[1] == UrbanRange{UrbanQuantity::energy, "", 0.5, 2.0});
  REQUIRE(urban.sensitivity.what_ifs.size() == 1);
  CHECK(urban.sensitivity.what_ifs[0].changes[1] == UrbanChange{UrbanQuantity::demand, "", 1.2});
  CHECK(parse_urban_case(urban_case_toml(urban), "written.toml") == urban);
  UrbanCase bare = urban;
  bare.accounting = {};
  bare.sensitivity = {};
  bare.sources[0].unconventional = true;
  CHECK(urban_data_digest(bare) == urban_data_digest(urban));
  CHECK(parse_urban_case(urban_case_toml(bare), "written.toml") == bare);
}

TEST_CASE("faults of both sections are named with their line") {
  CHECK(error_with("status = \"input\"", "status = \"missing\"") ==
        "small.toml:48: status: is \"missing\"; write status = \"input\", or \"derived\" or \"published\"");
  CHECK(error_with("values = [1000, 1100]", "values = [1000, 0]") ==
        "small.toml:50: values: has 0; write a number above 0 and up to 1e15, or remove [accounting.population]");
  CHECK(error_with("[accounting.population]", "[accounting.poplation]") ==
        "small.toml:47: poplation: is not a key of [accounting]; write 'population' instead");
  CHECK(error_with("values = 5\n", "values = 55\n") ==
        "small.toml:56: carbon_price_high_per_t: is 50 in scenario 'dry', below the low price 55; write the higher "
        "price of the range");
  CHECK(error_with("[accounting.carbon_price_low_per_t]\nstatus = \"published\"\nvalues = 5\n", "")
            .find("carbon_price_high_per_t: is given without the other end of the range; write both") !=
        std::string::npos);
  CHECK(error_with("\"demand\", of", "\"demands\", of") ==
        "small.toml:63: quantity: is \"demands\"; write one of demand, available, use_rate, source_carbon, "
        "user_carbon, benefit, shortage_weight, discharge, quality, energy");
  CHECK(error_with("of = \"town\"", "of = \"river\"") ==
        "small.toml:63: of: no source or user 'river' of the case has the quantity demand; write the name of one that "
        "has it, or remove this entry");
  CHECK(error_with("low = 0.9", "low = 1.2") == "small.toml:63: low: is 1.2, above high = 1.1; write low <= high");
  CHECK(error_with("low = 0.9, ", "") == "small.toml:63: low: is missing from ranges; add low = 0.9");
  CHECK(error_with("factor = 0.5", "factor = -1") ==
        "small.toml:69: factor: is -1; write a factor from 0 to 1000, where 1 changes nothing");
  CHECK(
      error_with("changes = [", "change = [").find("small.toml:69: change: is not a key of [[sensitivity.what_if]]") ==
      0);
}

}  // namespace millrace
