#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "problems/dispatch/load_case.hpp"

namespace millrace {
namespace {

std::string builtin_text() {
  std::ifstream in(std::string(MILLRACE_SOURCE_DIR) + "/problems/dispatch/cases/dispatch.toml");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = builtin_text();
  const auto at = text.find(from);
  INFO(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void refuses(const std::string& text, const std::string& sentence) {
  INFO(sentence);
  CHECK_THROWS_WITH(parse_dispatch_case(text, "c.toml"), Catch::Contains(sentence));
}

}  // namespace

TEST_CASE("the built-in case has the numbers of its table") {
  const DispatchCase dispatch = load_dispatch_case("dispatch");
  CHECK(dispatch.profile == DispatchProfile::physical);
  CHECK(dispatch.plant.capture_share == 23.0 / 24.0);
  CHECK(dispatch.plant.turbine_MW == 440.0);
  CHECK(dispatch.hours.size() == 24);
  double carbon = 0.0, renewable = 0.0;
  for (std::size_t t = 0; t < 24; ++t)
    carbon += dispatch.hours.carbon_kg_per_MWh[t], renewable += dispatch.hours.renewable_MWh[t];
  CHECK(carbon / 24.0 == Approx(196.39).margin(0.005));
  CHECK(renewable == Approx(2413.2).margin(0.1));
  CHECK(dispatch.scenarios.size() == 6);
  CHECK(dispatch.scenario("low_ren")->renewable_factor == 0.3);
  CHECK(dispatch.scenario("drought")->fresh_limit_m3_per_h == 500.0);
  CHECK(dispatch.scenario("hyper_tax")->carbon_gbp_per_t == 150.0);
  CHECK(dispatch.scenario("reclaim_cap")->reclaim_limit_m3_per_h == 1000.0);
  CHECK(dispatch.scenario("nothing") == nullptr);
  CHECK(dispatch.published_row("drought", "sac")->total == 3371307.0);
  for (const PublishedDispatch& row : dispatch.published)
    CHECK(std::abs(row.operating_cost + row.fines - row.total) <= 1.0);
}

TEST_CASE("cases that contradict themselves are refused with a line and one sentence") {
  refuses(with("reservoir_start_MWh = 2776", "reservoir_start_MWh = 3776"),
          "reservoir_start_MWh: is 3776, above its maximum reservoir_most_MWh = 3000");
  refuses(with("thermal_gbp_per_MWh = 50", "thermal_gbp_per_MWh = -50"),
          "thermal_gbp_per_MWh: is -50; write a number that is at least 0");
  refuses(with("carbon_gbp_per_t = 50", "carbon_gbp_per_t = -1"), "carbon_gbp_per_t: is -1 in 'base'");
  refuses(with("exponent = 1.2", "exponent = 0.8"), "exponent: is 0.8; write 1 to 10");
  refuses(with("pump_efficiency = 0.75", "pump_efficiency = 1.5"), "pump_efficiency: is 1.5");
  refuses(with("171.100, 171.100, 184.408", "171.100, 184.408"), "has 23 hours where renewable_MWh has 24");
  refuses(with("171.100, 171.100", "nan, 171.100"), "is nan");
  refuses(with("59.466", "-59.466"), "renewable_MWh: is -59.466 in hour 0");
  refuses(with("profile = \"physical\"", "profile = \"chemical\""),
          "'chemical' is no profile; write physical or table2");
  refuses(with("turbine_MW = 440", "turbines_MW = 440"),
          "turbines_MW: is not a key of [hydro]; write 'turbine_MW' instead");
  refuses(with("kiln_t_per_h = 85", "kiln_t_per_h = \"85\""), "must be a number");
  refuses(with("training_seeds = 100", "training_seeds = 0"),
          "training_seeds: is 0; write a whole number from 1 to 10000");
  refuses(with("tail = 0.1", "tail = 0"), "tail: is 0; write a share above 0");
  refuses(with("name = \"drought\"", "name = \"base\""), "'base' is the name of two scenarios");
  refuses(with("name = \"drought\"", "name = \"../x\""), "write it without /");
  refuses(with("kiln_t_per_h = 85 ", "#"), "kiln_t_per_h: is missing from [capture]");
  refuses("", "is missing from the file");
}

TEST_CASE("a case without noise is certain") {
  std::string text = builtin_text();
  const auto from = text.find("[noise]");
  text.erase(from, text.find("[observation]") - from);
  CHECK(parse_dispatch_case(text, "c.toml").noise.renewable == 0.0);
}

}  // namespace millrace
