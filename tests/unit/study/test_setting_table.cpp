#include "engine/study/setting_table.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random/philox.hpp"
#include "engine/statistics/rank_tests.hpp"
#include "engine/study/recommendation.hpp"

using namespace millrace;

namespace {

using Values = std::vector<double>;

/// Setting s of problem p is about base[p] * (1 + gain[s]), with noise of 1 %.
SettingTable made_table(const Values& base, const Values& gain, std::size_t seeds) {
  SettingTable table{base.size(), gain.size(), seeds};
  for (std::size_t p = 0; p < base.size(); ++p)
    for (std::size_t s = 0; s < gain.size(); ++s)
      for (std::size_t k = 0; k < seeds; ++k) {
        RowDraws draws({17, static_cast<std::uint32_t>(p * gain.size() + s), Stage::problem},
                       static_cast<std::uint32_t>(k));
        table.values.push_back(base[p] * (1.0 + gain[s] + 0.01 * (draws.next_double() - 0.5)));
      }
  return table;
}

Values flat_cost(const SettingTable& table, const Values& of_setting) {
  Values cost;
  for (std::size_t p = 0; p < table.problems; ++p) cost.insert(cost.end(), of_setting.begin(), of_setting.end());
  return cost;
}

}  // namespace

TEST_CASE("a setting is summed up by its quartiles and the interval of its median") {
  const auto summary = summary_of(Values{4, 1, 3, 2, 5});
  REQUIRE(summary);
  CHECK(summary->count == 5);
  CHECK(summary->quartiles.median == 3.0);
  CHECK(summary->interval.lower <= 2.0);
  CHECK(summary->interval.upper >= 4.0);
  CHECK_FALSE(summary_of(Values{}));
  SettingTable table{1, 1, 3, true, {1.0, NAN, 3.0}};
  CHECK(table.sample(0, 0) == Values{1.0, 3.0});
  CHECK(table.median(0, 0) == 2.0);
  table.values = {NAN, NAN, NAN};
  CHECK(std::isnan(table.median(0, 0)));
}

TEST_CASE("comparisons with a reference are the tests of their samples, adjusted together") {
  const SettingTable table = made_table({1.0, 50.0}, {0.0, 0.1, 0.0, -0.1}, 12);
  const auto comparisons = compare_with(table, 0);
  REQUIRE(comparisons.size() == 6);
  Values p_values;
  for (const SettingComparison& c : comparisons) {
    CHECK(c.p_value == wilcoxon_rank_sum(table.sample(c.problem, c.setting), table.sample(c.problem, 0)).p_value);
    p_values.push_back(c.p_value);
  }
  const Values adjusted = holm(p_values);
  for (std::size_t i = 0; i < 6; ++i) CHECK(comparisons[i].p_adjusted == adjusted[i]);
  CHECK(comparisons[0].setting == 1);
  CHECK(comparisons[0].gain == Approx(0.1).margin(0.01));
  CHECK(comparisons[0].effect.a12 == 1.0);
  CHECK(comparisons[0].p_adjusted < 1e-3);
  CHECK(comparisons[1].p_adjusted > 0.05);
  CHECK(comparisons[2].effect.a12 == 0.0);
  SettingTable less = table;
  less.greater_is_better = false;
  CHECK(compare_with(less, 0)[0].effect.a12 == 0.0);
  CHECK(compare_with(less, 0)[0].gain == Approx(-0.1).margin(0.01));
}

TEST_CASE("settings without runs take no part") {
  SettingTable table = made_table({1.0, 2.0}, {0.0, 0.1, 0.2}, 5);
  for (std::size_t k = 0; k < 5; ++k) table.at(1, 2, k) = NAN;
  CHECK(compare_with(table, 0).size() == 3);
  CHECK(rank_settings(table).order == std::vector<std::size_t>{1, 0});
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t k = 0; k < 5; ++k) table.at(p, 0, k) = NAN;
  CHECK(compare_with(table, 0).empty());
  CHECK(rank_settings(SettingTable{}).order.empty());
}

TEST_CASE("ranks over problems, Friedman's test and Nemenyi's groups") {
  const SettingTable table =
      made_table(Values(12, 1.0), {0.00, 0.30, 0.10, 0.20}, 5);  // every problem agrees: ranks 4, 1, 3, 2
  const SettingRanking ranking = rank_settings(table);
  CHECK(ranking.order == std::vector<std::size_t>{1, 3, 2, 0});
  CHECK(ranking.mean_ranks == Values{1.0, 2.0, 3.0, 4.0});
  REQUIRE(ranking.friedman);
  CHECK(ranking.friedman->chi_square == Approx(36.0));
  // q(4) = 2.569: 2.569 sqrt(20 / 72) = 1.354, so neighbours form groups and nothing else.
  CHECK(ranking.critical_difference == Approx(1.354).margin(1e-3));
  CHECK(ranking.groups == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 2}, {2, 3}});
  SettingTable less = table;
  less.greater_is_better = false;
  CHECK(rank_settings(less).order == std::vector<std::size_t>{0, 2, 3, 1});
  const SettingRanking single = rank_settings(made_table({1.0}, {0.0, 0.1}, 3));
  CHECK(single.order == std::vector<std::size_t>{1, 0});
  CHECK_FALSE(single.friedman);
  CHECK(single.groups.empty());
  const SettingRanking far = rank_settings(made_table(Values(200, 1.0), {0.2, 0.1, 0.0}, 1));
  CHECK(far.groups == std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {1, 1}, {2, 2}});
  const SettingRanking equal = rank_settings({2, 3, 1, true, Values(6, 1.0)});
  CHECK(equal.order == std::vector<std::size_t>{0, 1, 2});
  CHECK(equal.groups == std::vector<std::pair<std::size_t, std::size_t>>{{0, 2}});
}

TEST_CASE("the recommendation is the best setting, the best at the cost, and the cheapest that is as good") {
  const SettingTable table = made_table({1.0, 50.0}, {0.0, 0.2, 0.1, 0.05, -0.1}, 10);
  const Recommendation all = recommend(table, flat_cost(table, {100, 400, 100, 20, 10}), 0);
  REQUIRE(all.best);
  REQUIRE(all.best_at_cost);
  REQUIRE(all.cheapest);
  CHECK(all.best->setting == 1);
  CHECK(all.best->gain == Approx(0.2).margin(0.01));
  CHECK(all.best->cost_ratio == Approx(4.0));
  CHECK(all.best->pairs == 20);
  CHECK(all.best->won == 20);
  CHECK(all.best->tied == 0);
  CHECK(all.best->seeds == 10);
  CHECK(all.best->seeds_won == 10);
  CHECK(all.best->a12 == 1.0);
  CHECK(all.best->p_adjusted == Approx(4.0 * all.best->p_value));
  CHECK(all.best_at_cost->setting == 2);
  CHECK(all.cheapest->setting == 3);
  CHECK(all.cheapest->cost_ratio == Approx(0.2));
}

TEST_CASE("nothing is recommended where nothing is better, or gains have no meaning") {
  const SettingTable table = made_table({1.0}, {0.0, -0.1, -0.2}, 6);
  const Recommendation none = recommend(table, flat_cost(table, {1, 1, 1}), 0);
  CHECK_FALSE(none.best);
  CHECK_FALSE(none.best_at_cost);
  CHECK_FALSE(none.cheapest);
  const SettingTable zero{1, 2, 2, true, {0.0, 0.0, 1.0, 1.0}};
  CHECK_FALSE(recommend(zero, Values{1, 1}, 0).best);
  CHECK_THROWS_AS(recommend(zero, Values{1}, 0), std::invalid_argument);
  SettingTable smaller = made_table({1.0}, {0.0, -0.1}, 6);
  smaller.greater_is_better = false;
  smaller.at(0, 1, 2) = NAN;
  const Recommendation less = recommend(smaller, Values{1, 1}, 0);
  REQUIRE(less.best);
  CHECK(less.best->gain == Approx(0.1).margin(0.01));
  CHECK(less.best->pairs == 5);
  CHECK(less.best->won == 5);
  CHECK(less.best->seeds == 5);
}
