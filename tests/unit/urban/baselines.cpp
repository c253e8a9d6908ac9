#include "problems/urban/baselines.hpp"

#include <catch2/catch.hpp>

#include "problems/urban/baselines_published.hpp"
#include "problems/urban/load_case.hpp"
#include "tests/reference/urban_account.hpp"
#include "tests/unit/urban/random_scheme.hpp"

namespace millrace {
namespace {

constexpr auto kPerCapita = BaselineBasis::per_capita;
constexpr auto kPerArea = BaselineBasis::per_area;

std::vector<SchemeAccount> four_years(const UrbanCase& urban) {
  std::vector<SchemeAccount> schemes;
  for (std::size_t t = 0; t < urban.scenarios.size(); ++t)
    schemes.push_back(account_of(urban, t, random_scheme(urban, t, 9, true)));
  return schemes;
}

const ComparedFigure& figure(const std::vector<ComparedFigure>& figures, const std::string& name) {
  for (const ComparedFigure& entry : figures)
    if (entry.name == name) return entry;
  FAIL("no figure " << name);
  return figures.front();
}

}  // namespace

TEST_CASE("the shortage without unconventional water is the published one") {
  const UrbanCase urban = load_urban_case("pingliang");
  const double published[4] = {16.07, 22.21, 25.23, 27.81};
  for (std::size_t t = 0; t < 4; ++t) {
    const ConventionalShortage shortage = shortage_without_unconventional(urban, t);
    CHECK(shortage.shortage_percent == Approx(published[t]).margin(0.005));
    CHECK(shortage.delivered == Approx(730.0 + 1760.0));
    for (std::size_t l = 0; l < urban.links.size(); ++l)
      if (urban.sources[urban.links[l].source].unconventional) CHECK(shortage.flows[l] == 0.0);
  }
}

TEST_CASE("no scheme without unconventional water lacks less, weighted or not") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const UrbanCase city = troubled_city(seed);
    INFO("seed " << seed);
    const ConventionalShortage shortage = shortage_without_unconventional(city, 0);
    const auto all = static_cast<std::uint32_t>((1u << city.users.size()) - 1);
    REQUIRE(shortage.delivered == Approx(reference::conventional_rank(city, 0, all)).epsilon(1e-9).margin(1e-8));
    double weighted = 0.0;
    double demand = 0.0;
    for (std::size_t j = 0; j < city.users.size(); ++j) {
      weighted += city.users[j].shortage_weight[0] * shortage.user_shortage[j];
      demand += city.users[j].demand[0];
    }
    REQUIRE(weighted == Approx(reference::conventional_weighted_shortage(city, 0)).epsilon(1e-9).margin(1e-8));
    REQUIRE(shortage.demand == Approx(demand));
    REQUIRE(shortage.demand - shortage.delivered == Approx(shortage.shortage).margin(1e-9));
    // The flows are a scheme that delivers this.
    const SchemeAccount account = account_of(city, 0, shortage.flows);
    REQUIRE(account.supplied == Approx(shortage.delivered).margin(1e-8));
    for (const LimitBreach& breach : account.breaches)
      REQUIRE((breach.limit.find("use rate") != std::string::npos ||
               breach.limit.find("lower demand") != std::string::npos));
  }
}

TEST_CASE("a city without unconventional sources or without demand has an account too") {
  UrbanCase urban = load_urban_case("pingliang");
  for (UrbanSource& source : urban.sources) source.unconventional = false;
  CHECK(shortage_without_unconventional(urban, 0).shortage == Approx(0.0).margin(1e-9));
  for (UrbanSource& source : urban.sources) source.unconventional = true;
  CHECK(shortage_without_unconventional(urban, 0).shortage_percent == Approx(100.0));
  for (UrbanUser& user : urban.users) user.demand = Series(4, 0.0);
  CHECK(shortage_without_unconventional(urban, 0).shortage_percent == 0.0);
}

TEST_CASE("the traditional baselines are the published sums until population and area are written") {
  UrbanCase urban = load_urban_case("pingliang");
  const double per_capita_t[4] = {189900, 208600, 220200, 231500};
  const double per_area_t[4] = {208800, 230500, 256600, 278400};
  for (std::size_t t = 0; t < 4; ++t) {
    const TraditionalBaseline capita = traditional_baseline(urban, t, kPerCapita);
    const TraditionalBaseline area = traditional_baseline(urban, t, kPerArea);
    CHECK(capita.status == DataStatus::derived);
    CHECK(*capita.carbon_t == per_capita_t[t]);
    CHECK(*area.carbon_t == per_area_t[t]);
    CHECK(*capita.growth == Approx(per_capita_t[t] / 189900.0));
    CHECK(*area.growth == Approx(per_area_t[t] / 208800.0));
    CHECK(capita.from == "[published.per_scenario] carbon_t + reduction_per_capita_t");
  }
  urban.accounting.population = {DataStatus::input, "", {4e5, 5e5, 6e5, 7e5}};
  CHECK(traditional_baseline(urban, 1, kPerCapita).status == DataStatus::derived);
  urban.accounting.history_carbon_kg_per_person = {DataStatus::input, "", Series(4, 450.0)};
  const TraditionalBaseline own = traditional_baseline(urban, 1, kPerCapita);
  CHECK(own.status == DataStatus::input);
  CHECK(*own.carbon_t == Approx(225000.0));
  CHECK(*own.growth == Approx(1.25));
  urban.accounting.area_km2 = {DataStatus::input, "", Series(4, 40.0)};
  urban.accounting.history_carbon_t_per_km2 = {DataStatus::input, "", Series(4, 5000.0)};
  CHECK(*traditional_baseline(urban, 1, kPerArea).carbon_t == Approx(200000.0));
  urban.accounting = {};
  urban.published = {};
  const TraditionalBaseline none = traditional_baseline(urban, 1, kPerArea);
  CHECK(none.status == DataStatus::missing);
  CHECK_FALSE(none.carbon_t.has_value());
  CHECK(none.from == "missing: write [accounting] area_km2 and history_carbon_t_per_km2");
  const SchemeAccount scheme = account_of(urban, 0, random_scheme(urban, 0, 1, true));
  CHECK_FALSE(carbon_reduction(urban, scheme, kPerArea).reduction_t.has_value());
  CHECK_FALSE(carbon_trade(urban, std::vector{scheme}, kPerArea).cumulative_reduction_t.has_value());
}

TEST_CASE("reductions and their worth follow from carbon, baselines and prices") {
  const UrbanCase urban = load_urban_case("pingliang");
  const std::vector<SchemeAccount> schemes = four_years(urban);
  for (const BaselineBasis basis : kBaselineBases) {
    double total = 0.0;
    for (const SchemeAccount& scheme : schemes) {
      const CarbonReduction reduction = carbon_reduction(urban, scheme, basis);
      CHECK(*reduction.reduction_t + scheme.carbon->total_t == Approx(*reduction.baseline.carbon_t));
      CHECK(*reduction.reduction_percent ==
            Approx(100.0 - 100.0 * scheme.carbon->total_t / *reduction.baseline.carbon_t));
      total += *reduction.reduction_t;
    }
    const CarbonTrade trade = carbon_trade(urban, schemes, basis);
    CHECK(*trade.cumulative_reduction_t == Approx(total));
    CHECK(*trade.low_value == Approx(6.11 * total));
    CHECK(*trade.high_value == Approx(61.98 * total));
  }
}

TEST_CASE("a scheme of the published carbon has the published reductions") {
  UrbanCase urban = load_urban_case("pingliang");
  std::vector<SchemeAccount> schemes = four_years(urban);
  for (std::size_t t = 0; t < 4; ++t) schemes[t].carbon->total_t = (*urban.published_series("carbon_t"))[t];
  for (const SchemeAccount& scheme : schemes)
    for (const ComparedFigure& entry : compared_figures(urban, scheme)) {
      INFO(scheme.scenario << " " << entry.name);
      REQUIRE_FALSE(entry.from.empty());
      // The total alone is the published one here, not the water that it belongs to.
      if (!entry.published || entry.name == "carbon_supply_kg_per_m3") continue;
      if (entry.name.starts_with("traditional_")) {
        CHECK_FALSE(entry.ours.has_value());
        continue;
      }
      const double tolerance = entry.name == "reduction_per_capita_percent" ? 0.1 : 0.025;
      CHECK(std::abs(*entry.difference()) <= tolerance);
    }
  const auto study = compared_study_figures(urban, schemes);
  CHECK(*figure(study, "cumulative_reduction_per_capita_t").ours == Approx(135800.0));
  CHECK(*figure(study, "cumulative_reduction_per_capita_t").difference() == Approx(-17200.0));
  CHECK(*figure(study, "cumulative_reduction_per_area_t").ours == Approx(259900.0));
  CHECK(*figure(study, "carbon_value_per_area_low_yuan").ours == Approx(6.11 * 259900.0));
  CHECK(*figure(study, "carbon_value_per_area_low_yuan").published == 1631400.0);
  schemes.pop_back();
  const auto some = compared_study_figures(urban, schemes);
  CHECK(figure(some, "cumulative_reduction_per_capita_t").ours.has_value());
  CHECK_FALSE(figure(some, "cumulative_reduction_per_capita_t").published.has_value());
  CHECK(*figure(study, "cumulative_reduction_per_area_t").difference_percent() == Approx(-100.0 * 7100.0 / 267000.0));
}

TEST_CASE("figures are there without published ones, and shares only where they can be") {
  UrbanCase urban = load_urban_case("pingliang");
  urban.published = {};
  const auto figures = compared_figures(urban, account_of(urban, 0, random_scheme(urban, 0, 1, true)));
  CHECK(figure(figures, "carbon_t").ours.has_value());
  CHECK_FALSE(figure(figures, "carbon_t").difference().has_value());
  CHECK_FALSE(figure(figures, "carbon_t").difference_percent().has_value());
  CHECK_FALSE(figure(figures, "reduction_per_area_t").ours.has_value());
  CHECK_FALSE(figure(figures, "carbon_kg_per_person").ours.has_value());
}

TEST_CASE("carbon a m3 of supply is near 1.7 kg and that of use rises, as the paper says") {
  const UrbanCase urban = load_urban_case("pingliang");
  double before = 0.0;
  for (std::size_t t = 0; t < 4; ++t) {
    // Half of the limits' way for everybody: all demand met, no source spared.
    const SchemeAccount scheme = account_of(urban, t, random_scheme(urban, t, 2, true));
    CHECK(*scheme.carbon->supply_kg_per_m3 == Approx(1.7).margin(0.2));
    const auto figures = compared_figures(urban, scheme);
    CHECK(*figure(figures, "carbon_supply_kg_per_m3").published == 1.7);
    double use_kg = 0.0;
    for (const UrbanUser& user : urban.users) use_kg += user.carbon_kg_per_m3[t] * user.demand[t];
    CHECK(use_kg / scheme.demand > before);
    before = use_kg / scheme.demand;
    // The published total is what 1.7 kg of supply and the use of the whole demand make, within 2 %.
    const double published_kg = (*urban.published_series("carbon_t"))[t] * 1e3 / (scheme.demand * 1e4);
    CHECK(published_kg == Approx(1.7 + before).epsilon(0.02));
  }
}

TEST_CASE("the contradictions of the source are shown, with what rounding explains told apart") {
  const UrbanCase urban = load_urban_case("pingliang");
  const std::vector<Contradiction> found = source_contradictions(urban);
  const auto one = [&](const std::string& name, const std::string& scenario) {
    for (const Contradiction& entry : found)
      if (entry.name == name && entry.scenario == scenario) return entry;
    FAIL("not found: " << name << " " << scenario);
    return Contradiction{};
  };
  CHECK(one("reduction_per_capita_percent", "2030").follows == Approx(16.63).margin(0.005));
  CHECK_FALSE(one("reduction_per_capita_percent", "2030").rounding);
  CHECK(one("reduction_per_capita_percent", "2040").follows == Approx(12.57).margin(0.005));
  CHECK(one("reduction_per_capita_percent", "2040").rounding);
  CHECK(one("cumulative_reduction_per_capita_t", "").follows == 135800.0);
  CHECK_FALSE(one("cumulative_reduction_per_capita_t", "").rounding);
  CHECK(one("cumulative_reduction_per_area_t", "").follows == 259900.0);
  CHECK(one("abstract_carbon_value_per_area_low_yuan", "").follows == 1631400.0);
  CHECK(one("cumulative_reduction_per_capita_t", "").sentence ==
        "cumulative_reduction_per_capita_t is printed as 153,000, but the sum over the scenarios gives 135,800");
  for (const Contradiction& entry : found) {
    CHECK(entry.name.find("conventional") == std::string::npos);
    CHECK(entry.name.find("carbon_value_per_capita") == std::string::npos);
  }
  UrbanCase silent = urban;
  silent.published = {};
  CHECK(source_contradictions(silent).empty());
}

}  // namespace millrace
