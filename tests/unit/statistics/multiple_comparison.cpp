#include "engine/statistics/multiple_comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace millrace;

namespace {

Columns table(const std::vector<std::vector<double>>& rows) {
  Columns values(rows.size(), rows.front().size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < rows[i].size(); ++k) values(i, k) = rows[i][k];
  return values;
}

/// Error rates of the example of Demsar (2006): C4.5 and three variants on 14 data sets.
Columns demsar() {
  Columns values = table({{0.763, 0.768, 0.771, 0.798},
                          {0.599, 0.591, 0.590, 0.569},
                          {0.954, 0.971, 0.968, 0.967},
                          {0.628, 0.661, 0.654, 0.657},
                          {0.882, 0.888, 0.886, 0.898},
                          {0.936, 0.931, 0.916, 0.931},
                          {0.661, 0.668, 0.609, 0.685},
                          {0.583, 0.583, 0.563, 0.625},
                          {0.775, 0.838, 0.866, 0.875},
                          {1.000, 1.000, 1.000, 1.000},
                          {0.940, 0.962, 0.965, 0.962},
                          {0.619, 0.666, 0.614, 0.669},
                          {0.972, 0.981, 0.9751, 0.975},
                          {0.957, 0.978, 0.946, 0.970}});
  for (std::size_t k = 0; k < 4; ++k)
    for (double& v : values.column(k)) v = 1.0 - v;
  return values;
}

}  // namespace

TEST_CASE("Holm's adjusted values are those of R", "[statistics]") {
  const std::vector<double> adjusted = holm(std::vector<double>{0.01, 0.04, 0.03, 0.005});
  const double expected[] = {0.03, 0.06, 0.06, 0.02};
  for (std::size_t i = 0; i < 4; ++i) CHECK(adjusted[i] == Approx(expected[i]).epsilon(1e-14));
  CHECK(holm(std::vector<double>{}).empty());
  CHECK(holm(std::vector<double>{0.3}) == std::vector<double>{0.3});
  CHECK(holm(std::vector<double>{0.9, 0.8}) == std::vector<double>{1.0, 1.0});
  CHECK(holm(std::vector<double>{0.2, 0.2}) == std::vector<double>{0.4, 0.4});
  CHECK_THROWS_AS(holm(std::vector<double>{1.1}), std::invalid_argument);
  CHECK_THROWS_AS(holm(std::vector<double>{-0.1}), std::invalid_argument);
  CHECK_THROWS_AS(holm(std::vector<double>{std::nan("")}), std::invalid_argument);
}

// Literals: scipy 1.10.1, friedmanchisquare and f.sf. Demsar prints 9.28 and 3.69, without the correction for ties.
TEST_CASE("Friedman's test agrees with scipy", "[statistics]") {
  const FriedmanResult result = friedman(demsar());
  const double ranks[] = {3.142857142857143, 2.0, 2.892857142857143, 1.9642857142857142};
  for (std::size_t k = 0; k < 4; ++k) CHECK(result.mean_ranks[k] == Approx(ranks[k]).epsilon(1e-14));
  CHECK(result.chi_square == Approx(10.228346456692925).epsilon(1e-12));
  CHECK(result.chi_square_p == Approx(0.016721580328441323).epsilon(1e-11));
  CHECK(result.f == Approx(4.1851301115241695).epsilon(1e-12));
  CHECK(result.f_p == Approx(0.011620659515310954).epsilon(1e-10));
}

TEST_CASE("Friedman's test of degenerate tables", "[statistics]") {
  const FriedmanResult tied = friedman(Columns(5, 3));
  CHECK(tied.chi_square_p == 1.0);
  CHECK(tied.f_p == 1.0);
  CHECK(tied.mean_ranks == std::vector<double>{2.0, 2.0, 2.0});
  const FriedmanResult agreed =
      friedman(table({{1, 2, 3}, {4, 5, 6}, {0, 1, std::numeric_limits<double>::infinity()}}));
  CHECK(agreed.chi_square == Approx(6.0).epsilon(1e-14));
  CHECK(std::isinf(agreed.f));
  CHECK(agreed.f_p == 0.0);
  const FriedmanResult balanced = friedman(table({{1, 2}, {2, 1}}));
  CHECK(balanced.chi_square == 0.0);
  CHECK(balanced.chi_square_p == 1.0);
  CHECK(balanced.f_p == 1.0);
  CHECK_THROWS_AS(friedman(Columns(1, 3)), std::invalid_argument);
  CHECK_THROWS_AS(friedman(Columns(3, 1)), std::invalid_argument);
  CHECK_THROWS_AS(friedman(Columns()), std::invalid_argument);
  CHECK_THROWS_AS(friedman(table({{1, 2}, {std::nan(""), 1}})), std::invalid_argument);
}

TEST_CASE("critical differences are those of Demsar's table", "[statistics]") {
  const double at_5[] = {1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164};
  const double at_10[] = {1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920};
  for (std::size_t k = 2; k <= 10; ++k) {
    const double scale = std::sqrt(static_cast<double>(k * (k + 1)) / (6.0 * 14.0));
    CHECK(nemenyi_critical_difference(k, 14, 0.05) / scale == Approx(at_5[k - 2]).margin(1e-3));
    CHECK(nemenyi_critical_difference(k, 14, 0.10) / scale == Approx(at_10[k - 2]).margin(1e-3));
  }
  CHECK_THROWS_AS(nemenyi_critical_difference(1, 14), std::invalid_argument);
  CHECK_THROWS_AS(nemenyi_critical_difference(4, 0), std::invalid_argument);
  CHECK_THROWS_AS(nemenyi_critical_difference(4, 14, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(nemenyi_critical_difference(4, 14, std::nan("")), std::invalid_argument);
}
