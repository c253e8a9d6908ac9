#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "operators/sbx.hpp"
#include "tests/reference/sbx.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr StreamKey kKey{20240511, 6, Stage::crossover};

/// Children of row pairs (0, 1), (2, 3), ... in rows pairs*2 and up.
DecisionRows crossed(const SbxOptions& options, const Bounds& bounds, DecisionRows x, std::size_t pairs,
                     StreamKey key = kKey) {
  const auto parents = slots(0, 2 * pairs);
  const auto children = slots(2 * pairs, 2 * pairs);
  sbx(options, bounds, Mating{x, parents, children}, key, {0, pairs});
  return x;
}

void check_row(const Bounds& bounds, const double* row, const std::vector<double>& expected) {
  for (std::size_t j = 0; j < bounds.variables(); ++j) {
    const double size = std::max(std::abs(bounds.lower(j)), std::abs(bounds.upper(j)));
    REQUIRE(std::abs(row[j] - expected[j]) <= 1e-12 * size);
  }
}

}  // namespace

TEST_CASE("sbx agrees with the textbook formula on every instruction set") {
  constexpr std::size_t kPairs = 40;
  for (const std::string& target : simd_targets()) {
    const TargetGuard guard(target);
    for (const std::size_t d : kSizes) {
      const Bounds bounds = uneven_bounds(d);
      for (const double eta : {0.0, 2.0, 15.0, 30.0, 500.0}) {
        for (const double probability : {1.0, 0.6, 0.0}) {
          const SbxOptions options{.probability = probability, .eta = eta, .variable_probability = 0.5};
          const DecisionRows x = crossed(options, bounds, random_rows(bounds, 2 * kPairs, 4 * kPairs), kPairs);
          for (std::size_t q = 0; q < kPairs; ++q) {
            INFO(target << " d=" << d << " eta=" << eta << " pair=" << q);
            const auto expected = reference::sbx(options, bounds, x.row_data(2 * q), x.row_data(2 * q + 1), kKey,
                                                 static_cast<std::uint32_t>(q));
            check_row(bounds, x.row_data(2 * kPairs + 2 * q), expected.first);
            check_row(bounds, x.row_data(2 * kPairs + 2 * q + 1), expected.second);
            REQUIRE(inside(bounds, x, 2 * kPairs + 2 * q));
            REQUIRE(inside(bounds, x, 2 * kPairs + 2 * q + 1));
          }
        }
      }
    }
  }
}

TEST_CASE("sbx gives the same bits with AVX2 and AVX-512") {
  constexpr std::size_t kPairs = 30;
  const auto targets = fusing_targets();
  for (const std::size_t d : kSizes) {
    const Bounds bounds = uneven_bounds(d);
    std::vector<std::vector<double>> results;
    for (const std::string& target : targets) {
      const TargetGuard guard(target);
      results.push_back(all_values(crossed({}, bounds, random_rows(bounds, 2 * kPairs, 4 * kPairs), kPairs)));
    }
    for (const auto& result : results) CHECK(result == results.front());
  }
}

TEST_CASE("sbx of one pair is that pair of the whole mating, with or without a second child") {
  constexpr std::size_t kPairs = 9;
  for (const double probability : {1.0, 0.5}) {
    const SbxOptions options{.probability = probability};
    const Bounds bounds = uneven_bounds(14);
    const DecisionRows x = crossed(options, bounds, random_rows(bounds, 2 * kPairs, 4 * kPairs), kPairs);
    DecisionRows single(2, 14);
    for (std::uint32_t q = 0; q < kPairs; ++q) {
      const double* p = x.row_data(2 * q);
      for (double* second : {single.row_data(1), static_cast<double*>(nullptr)}) {
        sbx(options, bounds, p, p + x.stride(), single.row_data(0), second, kKey, q);
        CHECK(std::equal(p, p, single.row_data(0)));
        CHECK(std::equal(single.row_data(0), single.row_data(0) + 16, x.row_data(2 * kPairs + 2 * q)));
        CHECK(std::equal(single.row_data(1), single.row_data(1) + 16, x.row_data(2 * kPairs + 2 * q + 1)));
      }
    }
  }
}

TEST_CASE("sbx children keep to the distribution of the paper, false alarm one in a million a case") {
  constexpr std::size_t kPairs = 30000;
  struct Case {
    double eta, p1, p2;
  };
  for (const Case& c : {Case{2.0, 0.30, 0.45}, Case{30.0, 0.05, 0.75}, Case{15.0, 0.5, 0.5001}, Case{5.0, 0.0, 1.0}}) {
    INFO("eta " << c.eta << " parents " << c.p1 << " " << c.p2);
    const Bounds bounds(1);
    DecisionRows x(4 * kPairs, 1);
    for (std::size_t q = 0; q < kPairs; ++q) {
      *x.row_data(2 * q) = c.p1;
      *x.row_data(2 * q + 1) = c.p2;
    }
    const SbxOptions options{.probability = 1.0, .eta = c.eta, .variable_probability = 1.0};
    x = crossed(options, bounds, x, kPairs);
    std::vector<double> low(kPairs), high(kPairs);
    double exchanged = 0.0;
    for (std::size_t q = 0; q < kPairs; ++q) {
      const double a = *x.row_data(2 * kPairs + 2 * q);
      const double b = *x.row_data(2 * kPairs + 2 * q + 1);
      exchanged += a > b;
      const double distance = c.p2 - c.p1;
      const double sum = c.p1 + c.p2;
      low[q] = reference::sbx_distribution((sum - 2.0 * std::min(a, b)) / distance, sum / distance, c.eta);
      high[q] = reference::sbx_distribution((2.0 * std::max(a, b) - sum) / distance, (2.0 - sum) / distance, c.eta);
    }
    CHECK(kolmogorov_uniform(low) < kKolmogorovLimit);
    CHECK(kolmogorov_uniform(high) < kKolmogorovLimit);
    CHECK(std::abs(exchanged - 0.5 * kPairs) < 4.9 * std::sqrt(0.25 * kPairs));
  }
}

TEST_CASE("sbx crosses pairs and variables as often as asked, false alarm one in a million") {
  constexpr std::size_t kPairs = 4000;
  constexpr std::size_t kVariables = 16;
  const Bounds bounds(kVariables);
  const DecisionRows parents = random_rows(bounds, 2 * kPairs, 4 * kPairs);
  for (const double pair_share : {0.0, 0.25, 0.9, 1.0}) {
    for (const double variable_share : {0.0, 1.0 / 2048.0, 0.25, 0.5, 1.0}) {
      const DecisionRows x = crossed({pair_share, 1.0, variable_share}, bounds, parents, kPairs);
      double pairs = 0.0, variables = 0.0, candidates = 0.0;
      for (std::size_t q = 0; q < kPairs; ++q) {
        double changed = 0.0;
        for (std::size_t j = 0; j < kVariables; ++j) {
          candidates += x.row_data(2 * q)[j] != x.row_data(2 * q + 1)[j];
          changed += x.row_data(2 * q)[j] != x.row_data(2 * kPairs + 2 * q)[j];
        }
        variables += changed;
        pairs += changed > 0.0;
      }
      INFO(pair_share << " " << variable_share);
      // Pairs cross together: the variance of a sum over pairs, not that of independent variables.
      const double expected = pair_share * variable_share * candidates;
      CHECK(std::abs(variables - expected) <= 4.9 * std::sqrt(kVariables * std::max(expected, 0.0)));
      if (variable_share >= 0.5)
        CHECK(std::abs(pairs - pair_share * kPairs) <= 4.9 * std::sqrt(0.25 * kPairs * (pair_share < 1.0)) + 1.0);
    }
  }
}

TEST_CASE("sbx copies equal parents and fixed variables and stays finite on extreme ones") {
  Bounds bounds(9);
  bounds.set(0, -1e300, 1e300);
  bounds.set(1, 5.0, 5.0);
  bounds.set(2, 0.0, 1e-310);
  bounds.set(3, 1e15, 1e15 + 1.0);
  DecisionRows x(4, 9);
  for (std::size_t row : {0u, 1u}) {
    const double side = static_cast<double>(row);
    const double values[] = {1e299 * (side - 0.5),
                             5.0,
                             1e-310 * side,
                             1e15 + side,
                             0.25,
                             0.25 + side * std::numeric_limits<double>::epsilon() / 4,
                             side,
                             0.5,
                             1.0 - side};
    std::copy(std::begin(values), std::end(values), x.row_data(row));
  }
  for (std::uint32_t generation = 0; generation < 2000; ++generation) {
    for (const double eta : {0.0, 30.0}) {
      const DecisionRows y = crossed({1.0, eta, 1.0}, bounds, x, 1, {1, generation, Stage::crossover});
      for (std::size_t child : {2u, 3u}) {
        REQUIRE(inside(bounds, y, child));
        REQUIRE(y.row_data(child)[1] == 5.0);
        REQUIRE(y.row_data(child)[4] == 0.25);
        REQUIRE(y.row_data(child)[7] == 0.5);
      }
    }
  }
}

TEST_CASE("sbx says what is wrong with its options") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(SbxOptions{}.error().empty());
  CHECK(SbxOptions{.probability = 1.5}.error() == "sbx: probability is 1.5, but must be from 0 to 1");
  CHECK(SbxOptions{.eta = -1.0}.error() == "sbx: eta is -1, but must be from 0 to 1e6");
  CHECK_FALSE(SbxOptions{.eta = nan}.error().empty());
  CHECK_FALSE(SbxOptions{.variable_probability = nan}.error().empty());
}
