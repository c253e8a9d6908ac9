#include "problems/urban/scheme_account.hpp"

#include <catch2/catch.hpp>

#include "problems/urban/load_case.hpp"
#include "problems/urban/urban_problem.hpp"
#include "tests/reference/urban.hpp"
#include "tests/unit/urban/random_scheme.hpp"
#include "tests/unit/urban/small_case.hpp"

namespace millrace {
namespace {

Approx near(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

/// Every number of the account again from the formulas.
void check_account(const UrbanCase& urban, std::size_t t, const std::vector<double>& x) {
  const SchemeAccount account = account_of(urban, t, x);
  const reference::UrbanModel model(urban, t);
  REQUIRE(account.sources.size() == urban.sources.size());
  REQUIRE(account.users.size() == urban.users.size());
  CHECK(account.scenario == urban.scenarios[t]);
  double supplied = 0.0;
  double used = 0.0;
  double by_user_t = 0.0;
  const double t_per_volume = urban.units.volume.size / 1000.0;
  for (std::size_t i = 0; i < urban.sources.size(); ++i) {
    const SourceAccount& source = account.sources[i];
    CHECK(source.used == near(model.taken(x, i)));
    CHECK(source.least_use == near(urban.sources[i].use_rate[t] * urban.sources[i].available[t]));
    CHECK(source.used_share.has_value() == (urban.sources[i].available[t] > 0.0));
    if (source.used_share) CHECK(*source.used_share * source.available == near(source.used));
    CHECK(*source.supply_carbon_t == near(urban.sources[i].carbon_kg_per_m3[t] * source.used * t_per_volume));
    used += source.used;
    for (std::size_t j = 0; j < urban.users.size(); ++j) CHECK(account.flow_between(i, j) == model.flow(x, i, j));
  }
  for (std::size_t j = 0; j < urban.users.size(); ++j) {
    const UserAccount& user = account.users[j];
    CHECK(user.supplied == near(model.supplied(x, j)));
    CHECK(user.supplied + user.shortage - user.surplus == near(user.demand));
    CHECK(user.shortage * user.surplus == 0.0);
    CHECK(user.supplied_share.has_value() == (user.demand > 0.0));
    double supply_t = 0.0;
    for (std::size_t i = 0; i < urban.sources.size(); ++i)
      supply_t += urban.sources[i].carbon_kg_per_m3[t] * model.flow(x, i, j) * t_per_volume;
    CHECK(*user.supply_carbon_t == near(supply_t));
    CHECK(*user.use_carbon_t == near(urban.users[j].carbon_kg_per_m3[t] * user.supplied * t_per_volume));
    supplied += user.supplied;
    by_user_t += *user.supply_carbon_t + *user.use_carbon_t;
  }
  CHECK(account.supplied == near(supplied));
  CHECK(account.supplied == near(used));
  CHECK(account.supplied + account.shortage - account.surplus == near(account.demand));
  REQUIRE(account.carbon.has_value());
  CHECK(account.carbon->total_t == near(by_user_t));
  CHECK(account.carbon->total_t * 1000.0 / urban.units.carbon.size == near(model.objective(x, UrbanObjective::carbon)));
  if (supplied > 0.0) {
    CHECK(*account.carbon->total_kg_per_m3 * supplied * urban.units.volume.size ==
          near(1000.0 * account.carbon->total_t));
    CHECK(*account.carbon->supply_kg_per_m3 + *account.carbon->use_kg_per_m3 == near(*account.carbon->total_kg_per_m3));
  }
  for (std::size_t k = 0; k < urban.objectives.size(); ++k) {
    CHECK(account.objectives[k].objective == urban.objectives[k]);
    CHECK(account.objectives[k].value == near(model.objective(x, urban.objectives[k])));
  }
}

}  // namespace

TEST_CASE("an account is the formulas of the model, whatever the scheme") {
  const UrbanCase small = parse_urban_case(kSmallCase, "small.toml");
  const UrbanCase pingliang = load_urban_case("pingliang");
  for (std::uint32_t number = 0; number < 40; ++number)
    for (const UrbanCase* urban : {&small, &pingliang}) {
      const std::size_t t = number % urban->scenarios.size();
      check_account(*urban, t, random_scheme(*urban, t, number, number % 2 == 0));
    }
  check_account(pingliang, 1, std::vector<double>(pingliang.links.size(), 0.0));
  UrbanCase difference = pingliang;
  difference.shortage_rule = ShortageRule::difference;
  check_account(difference, 2, random_scheme(difference, 2, 5, true));
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const UrbanCase city = troubled_city(seed);
    check_account(city, 0, random_scheme(city, 0, 3, false));
  }
}

TEST_CASE("the objectives and limits of an account are those of the problem, bit by bit") {
  const UrbanCase urban = load_urban_case("pingliang");
  const UrbanProblem problem(urban, {.scenario = "2035"});
  const Tile tile = random_tile(problem.network(), 4, 0.3);
  Scratch scratch;
  Outcome outcome(problem.spec().objectives.size(), problem.spec().constraints.size());
  problem.evaluate(tile, outcome, scratch);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const SchemeAccount account = account_of(urban, 2, lane_of(tile, lane));
    for (std::size_t k = 0; k < account.objectives.size(); ++k) {
      const double sign = urban.objectives[k] == UrbanObjective::benefit ? -1.0 : 1.0;
      REQUIRE(sign * account.objectives[k].value == outcome.objective(k)[lane]);
    }
    std::size_t broken = 0;
    for (std::size_t c = 0; c < problem.spec().constraints.size(); ++c) {
      const ConstraintSpec& limit = problem.spec().constraints[c];
      if (outcome.constraint(c)[lane] / limit.scale <= limit.tolerance) continue;
      ++broken;
      bool named = false;
      for (const LimitBreach& breach : account.breaches)
        named = named || (breach.limit == limit.name && breach.volume == near(outcome.constraint(c)[lane]));
      REQUIRE(named);
    }
    REQUIRE(account.breaches.size() == broken);
  }
}

TEST_CASE("capacities and negative volumes are limits of an account too") {
  const UrbanCase urban = parse_urban_case(kSmallCase, "small.toml");
  // river to town (capacity 50), river to farms, wells to town.
  const SchemeAccount account = account_of(urban, 0, std::vector<double>{52.0, 1.0, -1.0});
  std::vector<std::string> limits;
  for (const LimitBreach& breach : account.breaches) limits.push_back(breach.limit);
  CHECK(limits == std::vector<std::string>{"wells use rate", "farms lower demand", "river_to_town capacity",
                                           "wells_to_town not negative"});
  CHECK(account.breaches[2].volume == near(2.0));
  CHECK(account.breaches[2].share == near(0.04));
}

TEST_CASE("population and area give carbon a head and an area, and nothing does without them") {
  UrbanCase urban = load_urban_case("pingliang");
  const std::vector<double> x = random_scheme(urban, 0, 1, true);
  CHECK_FALSE(account_of(urban, 0, x).carbon->total_kg_per_person.has_value());
  CHECK_FALSE(account_of(urban, 0, x).carbon->total_t_per_km2.has_value());
  urban.accounting.population = {DataStatus::input, "", {4e5, 4.4e5, 4.6e5, 4.9e5}};
  urban.accounting.area_km2 = {DataStatus::input, "", {40, 44, 49, 53}};
  const CarbonAccount carbon = *account_of(urban, 0, x).carbon;
  CHECK(*carbon.total_kg_per_person == near(carbon.total_t / 400.0));
  CHECK(*carbon.total_t_per_km2 == near(carbon.total_t / 40.0));
}

TEST_CASE("an account without water, demand or factors has empty shares, and a wrong size is refused") {
  UrbanCase urban = parse_urban_case(kSmallCase, "small.toml");
  urban.users[0].demand = {0.0, 0.0};
  urban.sources[1].available = {0.0, 0.0};
  const SchemeAccount nothing = account_of(urban, 1, std::vector<double>(3, 0.0));
  CHECK_FALSE(nothing.users[0].supplied_share.has_value());
  CHECK_FALSE(nothing.sources[1].used_share.has_value());
  CHECK_FALSE(nothing.carbon->total_kg_per_m3.has_value());
  CHECK(nothing.carbon->total_t == 0.0);
  urban.objectives = {UrbanObjective::benefit};
  urban.users[1].carbon_kg_per_m3.clear();
  const SchemeAccount partial = account_of(urban, 1, std::vector<double>(3, 1.0));
  CHECK_FALSE(partial.carbon.has_value());
  CHECK_FALSE(partial.users[1].use_carbon_t.has_value());
  CHECK(partial.users[0].use_carbon_t.has_value());
  CHECK_THROWS_WITH(account_of(urban, 1, std::vector<double>(4, 1.0)),
                    "the scheme has 4 volumes and case 'small' has 3 links");
  CHECK_THROWS_WITH(account_of(urban, 2, std::vector<double>(3, 1.0)), "case 'small' has 2 scenarios, none of index 2");
}

}  // namespace millrace
