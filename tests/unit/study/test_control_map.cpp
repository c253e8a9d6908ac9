#include "engine/study/control_map.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

using namespace millrace;

using Values = std::vector<double>;

TEST_CASE("few distinct values have a bin each, many are cut evenly") {
  const ParameterBins few = bins_of(Values{0.9, 0.1, 0.9, 0.5}, 3, false);
  CHECK(few.lower == Values{0.1, 0.5, 0.9});
  CHECK(few.upper == few.lower);
  CHECK(few.bin_of == std::vector<std::size_t>{2, 0, 2, 1});
  const ParameterBins cut = bins_of(Values{0.0, 1.0, 2.0, 3.9, 4.0, 8.0}, 2, false);
  CHECK(cut.lower == Values{0.0, 4.0});
  CHECK(cut.upper == Values{4.0, 8.0});
  CHECK(cut.bin_of == std::vector<std::size_t>{0, 0, 0, 0, 1, 1});
  const ParameterBins ratio = bins_of(Values{1.0, 5.0, 50.0, 99.0, 100.0, 10.5}, 2, true);
  CHECK(ratio.lower[1] == Approx(10.0));
  CHECK(ratio.bin_of == std::vector<std::size_t>{0, 0, 1, 1, 1, 1});
  CHECK(bins_of({}, 3, false).count() == 0);
  CHECK_THROWS_AS(bins_of(Values{1.0}, 0, false), std::invalid_argument);
  CHECK_THROWS_AS(bins_of(Values{0.0}, 1, true), std::invalid_argument);
  CHECK_THROWS_AS(bins_of(Values{NAN}, 1, false), std::invalid_argument);
}

TEST_CASE("a control map counts runs and those that reach the threshold") {
  const ParameterBins x = bins_of(Values{1, 2, 1, 2, 2, 1}, 5, false);
  const ParameterBins y = bins_of(Values{7, 7, 8, 7, 7, 7}, 5, false);
  const Values values{0.4, 0.5, 0.6, 0.3, NAN, 0.5};
  const ControlMap map = control_map(x, y, values, 0.5, true);
  CHECK(map.columns == 2);
  CHECK(map.rows == 2);
  CHECK(map.runs == std::vector<std::size_t>{2, 3, 1, 0});
  CHECK(map.reached == std::vector<std::size_t>{1, 1, 1, 0});
  CHECK(map.share(0, 0) == 0.5);
  CHECK(map.share(1, 0) == Approx(1.0 / 3));
  CHECK(std::isnan(map.share(1, 1)));
  CHECK(control_map(x, y, values, 0.5, false).reached == std::vector<std::size_t>{2, 2, 0, 0});
  CHECK_THROWS_AS(control_map(x, y, Values{1.0}, 0.5, true), std::invalid_argument);
}
