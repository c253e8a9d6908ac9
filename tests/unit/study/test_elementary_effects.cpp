#include "engine/study/elementary_effects.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "tests/unit/study/sensitivity_functions.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

Columns table(const std::vector<std::vector<double>>& rows) {
  Columns columns(rows.size(), rows.empty() ? 0 : rows[0].size());
  for (std::size_t i = 0; i < columns.rows(); ++i)
    for (std::size_t k = 0; k < columns.columns(); ++k) columns(i, k) = rows[i][k];
  return columns;
}

}  // namespace

// Saltelli et al. 2008, Global Sensitivity Analysis: The Primer, doi:10.1002/9780470725184, exercise 4 (p. 138): six
// trajectories of two factors on four levels. The book prints two decimals.
TEST_CASE("elementary effects are those of the Primer's exercise 4") {
  const double third = 1.0 / 3, thirds = 2.0 / 3;
  const Columns design = table({{0, third},
                                {0, 1},
                                {thirds, 1},
                                {0, third},
                                {thirds, third},
                                {thirds, 1},
                                {thirds, 0},
                                {thirds, thirds},
                                {0, thirds},
                                {third, 1},
                                {1, 1},
                                {1, third},
                                {third, 1},
                                {third, third},
                                {1, third},
                                {third, thirds},
                                {third, 0},
                                {1, 0}});
  const std::vector<double> values{0.97, 0.71, 2.39, 0.97, 2.30, 2.39, 1.87, 2.40, 0.87,
                                   2.15, 1.71, 1.54, 2.15, 2.17, 1.54, 2.20, 1.87, 1.0};
  const std::vector<ElementaryEffects> effects = elementary_effects(design, values);
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].steps == 6);
  CHECK(effects[0].mu == Approx(0.66).margin(0.011));  // of values that are rounded themselves
  CHECK(effects[0].mu_star == Approx(1.62).margin(0.006));
  CHECK(effects[0].sigma == Approx(1.79).margin(0.006));
  CHECK(effects[1].mu == Approx(0.21).margin(0.006));
  CHECK(effects[1].mu_star == Approx(0.35).margin(0.006));
  CHECK(effects[1].sigma == Approx(0.41).margin(0.006));
  CHECK(effects[0].mu_star_interval.lower < 1.62);
  CHECK(effects[0].mu_star_interval.upper > 1.62);
}

TEST_CASE("a linear function has its coefficients as effects, without spread") {
  const Columns design = morris_design(10, 3, 4, 1);
  const auto effects = elementary_effects(design, values_on(design, [](auto x) { return 3.0 * x[0] - 2.0 * x[1]; }));
  CHECK(effects[0].mu == Approx(3.0));
  CHECK(effects[1].mu == Approx(-2.0));
  CHECK(effects[1].mu_star == Approx(2.0));
  CHECK(effects[1].sigma == Approx(0.0).margin(1e-12));
  CHECK(effects[2].mu_star == 0.0);
}

TEST_CASE("Morris ranks the factors of the g function as their total indices do") {
  const std::vector<double> a{0.0, 1.0, 4.5, 9.0, 99.0};
  const Columns design = morris_design(200, 5, 8, 4);
  const auto effects = elementary_effects(design, values_on(design, [&](auto x) { return sobol_g(x, a); }));
  for (std::size_t k = 1; k < 5; ++k) CHECK(effects[k].mu_star < effects[k - 1].mu_star);
  // |4 x - 2| falls as often as it rises: the mean alone would miss it.
  CHECK(std::fabs(effects[0].mu) < 0.5 * effects[0].mu_star);
  CHECK(effects[0].sigma > effects[0].mu_star);
}

TEST_CASE("missing values drop the steps they touch") {
  const Columns design = morris_design(3, 2, 4, 2);
  std::vector<double> values = values_on(design, [](auto x) { return 3.0 * x[0] + x[1]; });
  values[1] = std::nan("");
  const auto effects = elementary_effects(design, values);
  CHECK(effects[0].steps == 2);
  CHECK(effects[1].steps == 2);
  CHECK(effects[0].mu == Approx(3.0));
  values.assign(values.size(), std::nan(""));
  CHECK(elementary_effects(design, values)[0].steps == 0);
  CHECK(elementary_effects(design, values)[0].mu_star == 0.0);
  CHECK(elementary_effects(Columns(0, 2), {}).size() == 2);
  CHECK_THROWS_AS(elementary_effects(design, std::vector<double>(2)), std::invalid_argument);
  CHECK_THROWS_AS(elementary_effects(table({{0, 0}, {1, 1}, {1, 0}}), std::vector<double>(3)), std::invalid_argument);
  CHECK_THROWS_AS(elementary_effects(table({{0, 0}, {0, 0}, {1, 0}}), std::vector<double>(3)), std::invalid_argument);
  CHECK_THROWS_AS(elementary_effects(table({{0, 0}, {0, 1}}), std::vector<double>(2)), std::invalid_argument);
}
