#include "problems/urban/supply_cut.hpp"

#include <catch2/catch.hpp>

#include <limits>

#include "problems/urban/load_case.hpp"
#include "tests/reference/urban_account.hpp"
#include "tests/unit/urban/random_scheme.hpp"

namespace millrace {

TEST_CASE("cuts explain exactly the volume that the worst set of users or sources lacks") {
  std::size_t infeasible = 0;
  std::size_t of_sources = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const UrbanCase city = troubled_city(seed);
    INFO("seed " << seed);
    double lack_of_users = 0.0;
    double excess_of_sources = 0.0;
    for (const SupplyCut& cut : supply_cuts(city, 0)) {
      REQUIRE(cut.needed > cut.allowed);
      (cut.of_users ? lack_of_users : excess_of_sources) += cut.needed - cut.allowed;
      of_sources += !cut.of_users;
    }
    REQUIRE(lack_of_users == Approx(reference::worst_user_deficit(city, 0)).epsilon(1e-9).margin(1e-8));
    REQUIRE(excess_of_sources == Approx(reference::worst_source_excess(city, 0)).epsilon(1e-9).margin(1e-8));
    // Both sides together decide, as the theorem says.
    const AllocationNetwork network(city, 0);
    std::vector<double> x(network.links(), 0.0);
    CompletionWork work;
    const bool feasible = !(complete_allocation(network, x, work) > 0.0);
    REQUIRE(feasible == supply_cuts(city, 0).empty());
    REQUIRE(feasible == why_infeasible(city, 0).empty());
    infeasible += !feasible;
  }
  CHECK(infeasible > 100);
  CHECK(infeasible < 390);
  CHECK(of_sources > 20);
}

TEST_CASE("an infeasible year is explained in words of the case") {
  UrbanCase urban = load_urban_case("pingliang");
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(why_infeasible(urban, t).empty());
    CHECK(why_unbounded(urban, t).empty());
  }
  UrbanCase links = urban;
  for (UrbanLink& link : links.links)
    if (link.source == 1 && link.user == 0) link.capacity = {370, 370, 370, 370};
  CHECK(why_infeasible(links, 3) ==
        std::vector<std::string>{"in 2040 domestic demand needs at least 1,629.2, sources and links allow 1,100 "
                                 "(surface 730 and groundwater to domestic 370): 529.2 too little [1e4 m3]"});
  UrbanCase drought = urban;
  drought.sources[0].available = Series(4, 0.0);
  drought.sources[3].available = Series(4, 100.0);
  drought.sources[2].available = Series(4, 0.0);
  CHECK(why_infeasible(drought, 0) ==
        std::vector<std::string>{
            "in 2025 domestic and industrial demand together need at least 2,319.2, sources and links allow 1,760 "
            "(surface 0, groundwater 1,760 and recycled 0): 559.2 too little [1e4 m3]",
            "in 2025 municipal and ecological demand together need at least 351, sources and links allow 100 "
            "(surface 0, recycled 0 and rainwater 100): 251 too little [1e4 m3]"});
}

TEST_CASE("use rates, closed users, crossing bounds and nothing that limits are named") {
  UrbanCase urban = load_urban_case("pingliang");
  UrbanCase rain = urban;
  rain.sources[3].use_rate = Series(4, 0.9);
  CHECK(why_infeasible(rain, 0) ==
        std::vector<std::string>{"in 2025 rainwater must deliver 662.3, users may take 429 (municipal 194.7 and "
                                 "ecological 234.3): 233.3 too much [1e4 m3]"});
  UrbanCase crossing = urban;
  crossing.users[3].demand_lower = Series(4, 1.2);
  CHECK(why_infeasible(crossing, 1) ==
        std::vector<std::string>{"in 2030 ecological must get at least 1.2 and at most 1.1 of its demand"});
  UrbanCase alone = urban;
  std::erase_if(alone.links, [](const UrbanLink& link) { return link.user == 3; });
  CHECK(why_infeasible(alone, 1) == std::vector<std::string>{"in 2030 ecological demand needs at least 191.7, sources "
                                                             "and links allow 0 (no link): 191.7 too little [1e4 m3]"});
  UrbanCase endless = urban;
  const double infinity = std::numeric_limits<double>::infinity();
  endless.sources[0].available = Series(4, infinity);
  endless.users[3].demand_upper = Series(4, infinity);
  CHECK(why_unbounded(endless, 3) ==
        std::vector<std::string>{"in 2040 nothing limits the water from surface to ecological"});
  CHECK_THROWS_WITH(why_infeasible(urban, 4), "case 'pingliang' has 4 scenarios, none of index 4");
}

TEST_CASE("numbers are grouped by thousands") {
  CHECK(grouped_number(1629.225) == "1,629.2");
  CHECK(grouped_number(1100.0) == "1,100");
  CHECK(grouped_number(-1234567.0) == "-1,234,567");
  CHECK(grouped_number(0.0) == "0");
  CHECK(grouped_number(0.12345) == "0.1235");
  CHECK(grouped_number(999.96) == "1,000");
  CHECK(grouped_number(1e300) == "1e+300");
}

}  // namespace millrace
