#include "engine/statistics/distributions.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace millrace;

// Literals: scipy 1.10.1, chi2.sf, f.sf and studentized_range.
TEST_CASE("upper tails agree with scipy", "[statistics]") {
  CHECK(normal_upper_tail(0.0) == 0.5);
  CHECK(normal_upper_tail(1.959963984540054) == Approx(0.025).epsilon(1e-12));
  CHECK(chi_square_upper_tail(0.0, 4) == 1.0);
  CHECK(chi_square_upper_tail(0.5, 1) == Approx(0.47950012218695337).epsilon(1e-12));
  CHECK(chi_square_upper_tail(3.84, 1) == Approx(0.05004352124870519).epsilon(1e-12));
  CHECK(chi_square_upper_tail(9.49, 4) == Approx(0.049953131223294894).epsilon(1e-12));
  CHECK(chi_square_upper_tail(20.0, 7) == Approx(0.005569683072945574).epsilon(1e-12));
  CHECK(chi_square_upper_tail(1e-3, 3) == Approx(0.9999915920809419).epsilon(1e-12));
  CHECK(chi_square_upper_tail(150.0, 100) == Approx(0.0009039320423540184).epsilon(1e-11));
  CHECK(chi_square_upper_tail(7.0, 2) == Approx(std::exp(-3.5)).epsilon(1e-14));
  CHECK(f_upper_tail(0.5, 1, 1) == Approx(0.6081734479693929).epsilon(1e-11));
  CHECK(f_upper_tail(4.0, 3, 20) == Approx(0.022076999662362443).epsilon(1e-11));
  CHECK(f_upper_tail(2.5, 4, 56) == Approx(0.052670413058847405).epsilon(1e-11));
  CHECK(f_upper_tail(12.0, 7, 3) == Approx(0.0330196109605507).epsilon(1e-11));
  CHECK(f_upper_tail(1.1, 99, 990) == Approx(0.245772946881576).epsilon(1e-10));
  CHECK(f_upper_tail(30.0, 2, 10) == Approx(5.949901826619859e-05).epsilon(1e-11));
  CHECK(f_upper_tail(0.0, 2, 3) == 1.0);
  CHECK(f_upper_tail(std::numeric_limits<double>::infinity(), 2, 3) == 0.0);
}

TEST_CASE("the range of normal values agrees with scipy", "[statistics]") {
  struct Row {
    std::size_t count;
    double at_95, at_90, below_3;
  };
  const Row rows[] = {{2, 2.771807648699355, 2.3261743073533476, 0.9661051464753106},
                      {3, 3.314493155398122, 2.9023802134282515, 0.9144574283450421},
                      {5, 3.857655510378623, 3.478280550703068, 0.789123495036462},
                      {10, 4.474124221725907, 4.129346398236873, 0.48781592602919316},
                      {20, 5.0116887941184425, 4.694104409490512, 0.15374353380562766}};
  for (const Row& row : rows) {
    CHECK(normal_range_quantile(0.95, row.count) == Approx(row.at_95).margin(2e-7));
    CHECK(normal_range_quantile(0.90, row.count) == Approx(row.at_90).margin(2e-7));
    CHECK(normal_range_probability(3.0, row.count) == Approx(row.below_3).margin(1e-9));
  }
  // Two values: their difference is normal with variance 2.
  CHECK(normal_range_probability(1.7, 2) == Approx(1.0 - 2.0 * normal_upper_tail(1.7 / std::sqrt(2.0))).epsilon(1e-12));
  CHECK(normal_range_probability(0.0, 3) == 0.0);
  CHECK(normal_range_quantile(0.0, 3) < 1e-9);
}
