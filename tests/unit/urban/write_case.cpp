#include "problems/urban/write_case.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

#include "problems/urban/case_fault.hpp"
#include "problems/urban/generate_city.hpp"
#include "problems/urban/load_case.hpp"
#include "problems/urban/urban_problem.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {

TEST_CASE("a written case is read back equal") {
  UrbanCase named = parse_urban_case(kSmallCase, "small.toml");
  named.title = "quotes \" and \\ and tab \t and \xC3\xA9";
  named.users[0].name = "the \"town\"";
  named.shortage_rule = ShortageRule::difference;
  named.sources[0].available[0] = 60.0 + 1.0 / 3.0;
  for (const UrbanCase& urban : {named, load_urban_case("pingliang"), generate_city({}),
                                 generate_city({.sources = 1, .users = 1, .periods = 1, .links_per_user = 1})})
    CHECK(parse_urban_case(urban_case_toml(urban), "written.toml") == urban);
}

TEST_CASE("write_urban_case writes a file and says when it cannot") {
  const UrbanCase urban = generate_city({.sources = 5, .users = 9, .periods = 2, .seed = 4});
  const auto path = std::filesystem::temp_directory_path() / "millrace_written_case.toml";
  write_urban_case(urban, path);
  CHECK(load_urban_case(path.string()) == urban);
  std::filesystem::remove(path);
  CHECK_THROWS_WITH(write_urban_case(urban, "/nowhere/city.toml"), "/nowhere/city.toml: cannot be written");
}

TEST_CASE("the digest changes with the data and not with words about them") {
  const UrbanCase urban = load_urban_case("pingliang");
  UrbanCase other = urban;
  other.title = "another title";
  other.published.constants.clear();
  other.sources[0].provenance = "elsewhere";
  CHECK(urban_data_digest(other) == urban_data_digest(urban));
  other.users[1].demand[2] += 0.01;
  CHECK(urban_data_digest(other) != urban_data_digest(urban));
  const auto digest = [&](const UrbanOptions& options) {
    return make_urban_problem(urban, options).spec().data_digest;
  };
  CHECK(digest({.scenario = "2025"}) != digest({.scenario = "2030"}));
  CHECK(digest({.scenario = "2025"}) != digest({.scenario = "2025", .repair = false}));
  CHECK(digest({}) == digest({.scenario = "2025"}));
}

TEST_CASE("synthetic cities are feasible, linked and the same for the same seed") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const GeneratorOptions options{.sources = 1 + 3 * (seed - 1),
                                   .users = 1 + 7 * (seed % 5),
                                   .periods = 1 + seed % 4,
                                   .seed = seed,
                                   .links_per_user = 1 + seed % 6};
    const UrbanCase city = generate_city(options);
    CHECK_FALSE(case_fault(city).has_value());
    CHECK(city == generate_city(options));
    REQUIRE(city.sources.size() == options.sources);
    REQUIRE(city.users.size() == options.users);
    REQUIRE(city.scenarios.size() == options.periods);
    for (std::size_t k = 1; k < city.links.size(); ++k) {
      const UrbanLink& a = city.links[k - 1];
      const UrbanLink& b = city.links[k];
      REQUIRE((a.source < b.source || (a.source == b.source && a.user < b.user)));
    }
  }
  CHECK(generate_city({.seed = 1}).users[0].demand != generate_city({.seed = 2}).users[0].demand);
  CHECK_THROWS_AS(generate_city({.sources = 0}), std::invalid_argument);
}

TEST_CASE("a city of 200 sources and 500 users is written, read back and solvable") {
  const UrbanCase city = generate_city({.sources = 200, .users = 500, .periods = 3, .seed = 9});
  CHECK(city.links.size() >= 2000);
  CHECK(parse_urban_case(urban_case_toml(city), "city.toml") == city);
}

}  // namespace millrace
