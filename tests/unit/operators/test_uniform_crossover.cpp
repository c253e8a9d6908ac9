#include <catch2/catch.hpp>

#include <cmath>

#include "operators/uniform_crossover.hpp"
#include "tests/unit/operators/rows.hpp"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("uniform crossover exchanges half of the variables and loses none, false alarm one in a million") {
  constexpr std::size_t kPairs = 300;
  for (const std::size_t d : kSizes) {
    for (const double probability : {0.0, 0.3, 1.0}) {
      Bounds bounds(d);
      DecisionRows x(4 * kPairs, d);
      for (std::size_t i = 0; i < 2 * kPairs; ++i)
        for (std::size_t j = 0; j < d; ++j) x.row_data(i)[j] = static_cast<double>(i + 1);
      const auto parents = slots(0, 2 * kPairs);
      const auto children = slots(2 * kPairs, 2 * kPairs - 1);  // the last pair has one child
      uniform_crossover({probability}, Mating{x, parents, children}, {3, 1, Stage::crossover}, {0, kPairs});
      double exchanged = 0.0;
      for (std::size_t q = 0; q + 1 < kPairs; ++q)
        for (std::size_t j = 0; j < d; ++j) {
          const double p1 = x.row_data(2 * q)[j], p2 = x.row_data(2 * q + 1)[j];
          const double c1 = x.row_data(2 * kPairs + 2 * q)[j], c2 = x.row_data(2 * kPairs + 2 * q + 1)[j];
          REQUIRE(((c1 == p1 && c2 == p2) || (c1 == p2 && c2 == p1)));
          exchanged += c1 == p2;
        }
      const double n = static_cast<double>((kPairs - 1) * d);
      // Variance by pairs: that a pair crosses is shared by its d variables.
      const double deviation = std::sqrt(n * (0.25 + 0.25 * static_cast<double>(d) * probability * (1 - probability)));
      CHECK(std::abs(exchanged - 0.5 * probability * n) <= (probability == 0.0 ? 0.0 : 4.9 * deviation));
      CHECK(x.row_data(4 * kPairs - 2)[0] > 0.0);
      CHECK(x.row_data(4 * kPairs - 1)[0] == 0.0);
      for (std::size_t i = 0; i < x.rows(); ++i)
        for (std::size_t j = d; j < x.stride(); ++j) REQUIRE(x.row_data(i)[j] == 0.0);
    }
  }
}

TEST_CASE("uniform crossover says what is wrong with its options") {
  CHECK(UniformCrossoverOptions{}.error().empty());
  CHECK(UniformCrossoverOptions{2.0}.error() == "uniform crossover: probability is 2, but must be from 0 to 1");
}
