#include "engine/study/factorial_effects.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/random/philox.hpp"
#include "engine/study/design.hpp"

using namespace millrace;

// Montgomery, Design and Analysis of Experiments, 8th ed. 2013, example 5.1: life of a battery by plate material and
// temperature, four repeats. Table 5.5 prints the sums of squares 10,683.72, 39,118.72, 9,613.78 and 18,230.75 of
// 77,646.97 in all, and F0 = 7.91, 28.97 and 3.56.
TEST_CASE("effects of a grid are those of Montgomery's battery example") {
  const std::size_t levels[] = {3, 3};
  const std::vector<double> life{130, 155, 74, 180, 34, 40, 80,  75,  20,  70,  82,  58,  150, 188, 159, 126, 136, 122,
                                 106, 115, 25, 70,  58, 45, 138, 110, 168, 160, 174, 120, 150, 139, 96,  104, 82,  60};
  std::vector<std::size_t> cell;
  for (std::size_t i = 0; i < life.size(); ++i) cell.push_back(i / 4);
  const FactorialEffects effects = factorial_effects(levels, cell, life);
  const double total = 77646.97;
  CHECK(effects.runs == 36);
  CHECK(effects.main[0].share * total == Approx(10683.72).margin(0.02));
  CHECK(effects.main[1].share * total == Approx(39118.72).margin(0.02));
  CHECK(effects.interactions[0].share * total == Approx(9613.78).margin(0.02));
  CHECK(effects.repeats_share * total == Approx(18230.75).margin(0.02));
  CHECK(effects.main[0].f == Approx(7.91).margin(0.005));
  CHECK(effects.main[1].f == Approx(28.97).margin(0.005));
  CHECK(effects.interactions[0].f == Approx(3.56).margin(0.005));
  CHECK(effects.interactions[0].freedom == 4);
  CHECK(effects.repeats_freedom == 27);
  CHECK(effects.interactions[0].p_value == Approx(0.0186).margin(1e-4));
  CHECK(effects.higher.share == Approx(0.0).margin(1e-12));
  CHECK(effects.level_means[0] == Approx(998.0 / 12));
  CHECK(effects.level_means[5] == Approx(770.0 / 12));
}

TEST_CASE("shares add up, and a product of three factors is neither a main effect nor a pair") {
  const std::size_t levels[] = {2, 2, 2};
  const Columns grid = full_grid(levels);
  std::vector<std::size_t> cell;
  std::vector<double> values;
  RowDraws noise({1, 0, Stage::problem}, 0);
  for (std::size_t run = 0; run < 40; ++run) {
    const std::size_t c = run % 8;
    const auto sign = [&](std::size_t k) { return 2.0 * grid(c, k) - 1.0; };
    cell.push_back(c);
    values.push_back(sign(0) * sign(1) * sign(2) + 0.01 * noise.next_double());
  }
  const FactorialEffects effects = factorial_effects(levels, cell, values);
  double sum = effects.higher.share + effects.repeats_share;
  for (const auto& effect : effects.main) sum += effect.share;
  for (const auto& effect : effects.interactions) sum += effect.share;
  CHECK(sum == Approx(1.0).epsilon(1e-12));
  CHECK(effects.higher.share > 0.999);
  CHECK(effects.higher.freedom == 1);
  CHECK(effects.higher.p_value < 1e-12);
  CHECK(effects.interactions.size() == 3);
}

TEST_CASE("the order of factors, runs and levels does not matter; one run a cell has no p") {
  const std::size_t levels[] = {2, 3}, turned[] = {3, 2};
  const std::vector<double> values{1, 4, 2, 8, 5, 7};
  std::vector<std::size_t> cell(6), turned_cell;
  std::iota(cell.begin(), cell.end(), std::size_t{0});
  for (const std::size_t c : cell) turned_cell.push_back(c % 3 * 2 + c / 3);
  const auto one = factorial_effects(levels, cell, values), other = factorial_effects(turned, turned_cell, values);
  CHECK(one.main[0].share == Approx(other.main[1].share));
  CHECK(one.main[1].share == Approx(other.main[0].share));
  CHECK(one.interactions[0].share == Approx(other.interactions[0].share));
  CHECK(one.repeats_freedom == 0);
  CHECK(one.main[0].p_value == 1.0);
  CHECK(one.level_means[0] == Approx(7.0 / 3));
}

TEST_CASE("uneven repeats weigh cells alike; cells without a run are refused") {
  const std::size_t levels[] = {2};
  const std::vector<std::size_t> cell{0, 0, 0, 1, 1};
  const std::vector<double> values{1, 2, 3, 10, std::nan("")};
  const FactorialEffects effects = factorial_effects(levels, cell, values);
  CHECK(effects.runs == 4);
  CHECK(effects.mean == 6.0);
  // Harmonic mean of 3 and 1 is 1.5: 1.5 (16 + 16) against 2 of the repeats.
  CHECK(effects.main[0].share == Approx(48.0 / 50.0));
  CHECK(effects.main[0].f == Approx(48.0));
  CHECK_THROWS_WITH(factorial_effects(levels, std::vector<std::size_t>{0}, std::vector<double>{1.0}),
                    "1 of 2 cells of the grid have no run");
  CHECK_THROWS_AS(factorial_effects(levels, std::vector<std::size_t>{2}, std::vector<double>{1.0}),
                  std::invalid_argument);
  CHECK_THROWS_AS(factorial_effects(levels, cell, std::vector<double>{1.0}), std::invalid_argument);
  const auto constant = factorial_effects(levels, cell, std::vector<double>(5, 3.0));
  CHECK(constant.main[0].share == 0.0);
  CHECK(constant.main[0].p_value == 1.0);
  CHECK(factorial_effects({}, std::vector<std::size_t>{0, 0}, std::vector<double>{1.0, 3.0}).repeats_share == 1.0);
}

TEST_CASE("p of an effect that is not there is below 5 % one time in twenty") {
  const std::size_t levels[] = {3, 4};
  std::size_t rejected = 0;
  for (std::uint32_t trial = 0; trial < 400; ++trial) {
    RowDraws draws({5, 0, Stage::problem}, trial);
    std::vector<std::size_t> cell;
    std::vector<double> values;
    for (std::size_t i = 0; i < 60; ++i) {
      double sum = 0.0;
      for (int part = 0; part < 12; ++part) sum += draws.next_double();
      cell.push_back(i % 12);
      values.push_back(sum);
    }
    rejected += factorial_effects(levels, cell, values).interactions[0].p_value < 0.05;
  }
  CHECK(rejected > 6);
  CHECK(rejected < 36);
}
