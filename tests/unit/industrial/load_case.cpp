#include <catch2/catch.hpp>
#include <string>

#include "problems/case/case_error.hpp"
#include "problems/industrial/builtin_cases.hpp"
#include "problems/industrial/generate_variant.hpp"
#include "problems/industrial/write_case.hpp"
#include "tests/unit/industrial/plans.hpp"

namespace millrace::test {
namespace {

std::string henan_text() { return std::string(*case_text(industrial_cases(), "henan")); }

/// The case with one text replaced, where it first occurs.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = henan_text();
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void check_rejected(const std::string& text, const std::string& key, const std::string& reason) {
  try {
    parse_industrial_case(text, "x.toml");
    FAIL("not rejected: " << key);
  } catch (const CaseError& error) {
    INFO(error.what());
    CHECK(error.file() == "x.toml");
    CHECK(error.line() > 0);
    CHECK(error.key() == key);
    CHECK(std::string(error.what()).find(reason) != std::string::npos);
  }
}

bool has_status(const NumberSources& sources, const char* key) {
  const auto found = sources.find(key);
  return found != sources.end() && found->second.front() == '[';
}

}  // namespace

TEST_CASE("The built-in case holds the paper's numbers", "[industrial]") {
  const IndustrialCase& c = henan();
  REQUIRE(c.sectors.size() == 40);
  CHECK(c.periods.size() == 3);
  CHECK(c.levels[2].probability == 0.6);
  CHECK(c.regions[0].surface[1][0].upper == 1840.0);
  CHECK(c.regions[0].ground[1].lower == 2080.0);
  CHECK(c.diverted[2].upper == 480.0);
  CHECK(c.sectors[0].target.lower == 105.67);
  CHECK(c.sectors[0].benefit.upper == 15.6);
  CHECK(c.sectors[39].fixed_demand);
  CHECK_FALSE(c.sectors[37].reuse_grows);
  CHECK(c.energy_scenarios[1].limit[0].lower == 0.8365);
  CHECK(c.energy_scenarios[2].limit.empty());
  CHECK(c.risk_levels[2].xi == -0.05);
  CHECK(c.corrections.size() == 11);
  CHECK(c.sectors[37].published.surface_low[0].upper == 75.72);
}

TEST_CASE("Every number of the built-in case has a source with a status", "[industrial]") {
  CHECK(henan().default_source.empty());
  for (const IndustrialSector& sector : henan().sectors)
    for (const char* key : {"target", "requirement", "reuse_rate", "benefit", "discharge", "cap_lower_model",
                            "cap_upper_model", "gamma", "tie_ground", "tie_diverted"})
      CHECK(has_status(sector.sources, key));
  CHECK(henan().sectors[0].sources.at("benefit").starts_with("[E]"));
  CHECK(henan().sectors[2].sources.at("benefit").starts_with("[S]"));
  CHECK(henan().sectors[37].sources.at("reuse_rate").starts_with("[S]"));
}

TEST_CASE("A written case is read as an equal one", "[industrial]") {
  CHECK(parse_industrial_case(industrial_case_toml(henan()), "x.toml") == henan());
  const IndustrialCase variant = generate_variant(henan(), {.regions = 2, .parts = 2});
  CHECK(parse_industrial_case(industrial_case_toml(variant), "x.toml") == variant);
}

TEST_CASE("A case that cannot be is rejected with file, line, key and reason", "[industrial]") {
  check_rejected(changed("ground = [[2100.0, 2200.0]", "ground = [[2300.0, 2200.0]"), "ground", "above its upper end");
  check_rejected(changed("probability = 0.2", "probability = 0.3"), "probability", "add up to 1.1");
  check_rejected(changed("target = [105.67, 129.15", "target = [205.67, 129.15"), "target", "above its upper end");
  check_rejected(changed("reuse_rate = 0.0335", "reuse_rate = 1.0335"), "reuse_rate", "below 1");
  check_rejected(changed("target = [890.72, 1088.6", "target = [990.72, 1088.6"), "target",
                 "low surface water of 1800");
  check_rejected(changed("xi = -0.02", "xi = 0.02"), "xi", "between -1 and 0");
  check_rejected(changed("region = \"province\"", "region = \"provinz\""), "region", "write one of province");
  check_rejected(changed("sources.years = \"[E]", "sources.years = \"[X]"), "sources.years", "has no status");
  check_rejected(changed("sources.probability = \"[E] Table 1\"\n", ""), "probability", "has no source");
  check_rejected(changed("probability = 0.2", "probabilty = 0.2"), "probabilty", "write 'probability' instead");
  check_rejected(changed("surface = [0.42, 0.43]", "surface = [0.42, 0.43, 0.44]"), "surface", "3 numbers");
  check_rejected(changed("grid = [0.57, 0.5, 0.42]", "grid = [0.57, 0.5]"), "grid", "2 items for 3 periods");
  check_rejected(changed("money = \"1e6 RMB\"", "money = \"RMB\""), "money", "1e6 RMB");
  check_rejected(changed("years = 5.0", "years = 0.0"), "years", "above 0");
  check_rejected(changed("code = \"06\"", "code = 6"), "code", "must be a string");
  check_rejected("[case]\nname = \"x\"\n", "periods", "is missing");
  check_rejected("[case\n", "syntax", "TOML");
}

}  // namespace millrace::test
