#include <catch2/catch.hpp>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/statistics/effect_size.hpp"
#include "engine/statistics/multiple_comparison.hpp"
#include "engine/statistics/rank_tests.hpp"

using namespace millrace;

using Sample = std::vector<double>;

// Worked examples of Hollander and Wolfe 1973, Nonparametric Statistical Methods.

// Table 4.1 (p. 69): permeability of membranes at term and at 12 to 26 weeks; the upper tail of W = 35 is 0.1272.
TEST_CASE("the rank-sum test of the membranes", "[statistics]") {
  const Sample term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, early{1.15, 0.88, 0.90, 0.74, 1.21};
  const TestResult result = wilcoxon_rank_sum(term, early);
  CHECK(result.statistic == 35.0);
  CHECK(result.p_value == Approx(2.0 * 0.1272).margin(1e-4));
  CHECK(effect_size(term, early).a12 == Approx(35.0 / 50.0));  // U over the pairs
}

// Table 3.1 (p. 29): a depression scale before and after a treatment; the upper tail of T+ = 40 is 0.0195.
TEST_CASE("the signed-rank test of the depression scale", "[statistics]") {
  const Sample before{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const Sample after{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  const TestResult result = wilcoxon_signed_rank(before, after);
  CHECK(result.statistic == 40.0);
  CHECK(result.p_value == Approx(2.0 * 0.01953).margin(1e-5));
}

// Table 7.1 (p. 140): times of 22 players to second base by three ways to round first base; S' = 11.14, p = 0.0038.
TEST_CASE("Friedman's test of the ways to round first base", "[statistics]") {
  const double seconds[22][3] = {{5.40, 5.50, 5.55}, {5.85, 5.70, 5.75}, {5.20, 5.60, 5.50}, {5.55, 5.50, 5.40},
                                 {5.90, 5.85, 5.70}, {5.45, 5.55, 5.60}, {5.40, 5.40, 5.35}, {5.45, 5.50, 5.35},
                                 {5.25, 5.15, 5.00}, {5.85, 5.80, 5.70}, {5.25, 5.20, 5.10}, {5.65, 5.55, 5.45},
                                 {5.60, 5.35, 5.45}, {5.05, 5.00, 4.95}, {5.50, 5.50, 5.40}, {5.45, 5.55, 5.50},
                                 {5.55, 5.55, 5.35}, {5.45, 5.50, 5.55}, {5.50, 5.45, 5.25}, {5.65, 5.60, 5.40},
                                 {5.70, 5.65, 5.55}, {6.30, 6.30, 6.25}};
  Columns times(22, 3);
  for (std::size_t i = 0; i < 22; ++i)
    for (std::size_t k = 0; k < 3; ++k) times(i, k) = seconds[i][k];
  const FriedmanResult result = friedman(times);
  CHECK(result.chi_square == Approx(11.143).margin(5e-4));
  CHECK(result.chi_square_p == Approx(0.003805).margin(1e-6));
}
