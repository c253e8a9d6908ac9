#include "engine/statistics/bootstrap.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/statistics/ranks.hpp"

using namespace millrace;

namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("the bootstrap interval of a mean has the normal width", "[statistics]") {
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(i * 0.01);
  const ConfidenceInterval interval = bootstrap_interval(values, mean_of, {.resamples = 4000});
  const double half = 1.959964 * 0.01 * std::sqrt((400.0 * 400.0 - 1.0) / 12.0) / 20.0;
  CHECK(interval.lower == Approx(1.995 - half).margin(0.01));
  CHECK(interval.upper == Approx(1.995 + half).margin(0.01));
}

TEST_CASE("the bootstrap interval of a median covers it as often as it says", "[statistics]") {
  std::size_t covered = 0;
  for (std::uint32_t trial = 0; trial < 300; ++trial) {
    RowDraws draws({99, 0, Stage::problem}, trial);
    std::vector<double> values;
    for (int i = 0; i < 31; ++i) values.push_back(draws.next_double());
    const ConfidenceInterval interval = median_interval(values, {.resamples = 300});
    covered += interval.lower <= 0.5 && 0.5 <= interval.upper;
  }
  CHECK(covered > 270);
  CHECK(covered < 299);
}

TEST_CASE("the same sample, options and seed give the same interval", "[statistics]") {
  const std::vector<double> values{3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.3};
  const ConfidenceInterval one = median_interval(values), two = median_interval(values);
  CHECK(one.lower == two.lower);
  CHECK(one.upper == two.upper);
  CHECK(one.lower <= quartiles(values).median);
  CHECK(one.upper >= quartiles(values).median);
  const auto mean_with = [&](BootstrapOptions options) { return bootstrap_interval(values, mean_of, options); };
  CHECK(mean_with({.resamples = 10, .seed = 1}).lower != mean_with({.resamples = 10, .seed = 2}).lower);
  CHECK(mean_with({.confidence = 0.5}).upper < mean_with({.confidence = 0.99}).upper);
}

TEST_CASE("the bootstrap of degenerate samples", "[statistics]") {
  const ConfidenceInterval single = median_interval(std::vector<double>{2.0});
  CHECK(single.lower == 2.0);
  CHECK(single.upper == 2.0);
  CHECK(median_interval(std::vector<double>(5, 7.0)).upper == 7.0);
  CHECK_THROWS_AS(median_interval(std::vector<double>{}), std::invalid_argument);
  CHECK_THROWS_AS(median_interval(std::vector<double>{std::nan("")}), std::invalid_argument);
  CHECK_THROWS_AS(median_interval(std::vector<double>{1.0}, {.confidence = 1.0}), std::invalid_argument);
  CHECK_THROWS_AS(median_interval(std::vector<double>{1.0}, {.resamples = 0}), std::invalid_argument);
}
