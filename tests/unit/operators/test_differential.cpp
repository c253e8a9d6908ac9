#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "operators/differential.hpp"
#include "tests/reference/differential.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr StreamKey kKey{31, 4, Stage::crossover};
using Scheme = DifferentialOptions::Scheme;
using Outside = DifferentialOptions::Outside;

/// Children of row groups (0..3), (4..7), ... in rows groups*4 and up.
DecisionRows made(const DifferentialOptions& options, const Bounds& bounds, DecisionRows x, std::size_t groups) {
  const auto parents = slots(0, 4 * groups);
  const auto children = slots(4 * groups, groups);
  differential(options, bounds, Mating{x, parents, children}, kKey, {0, groups});
  return x;
}

}  // namespace

TEST_CASE("differential variation agrees with its definition on every instruction set") {
  constexpr std::size_t kGroups = 30;
  for (const std::string& target : simd_targets()) {
    const TargetGuard guard(target);
    for (const std::size_t d : kSizes) {
      const Bounds bounds = uneven_bounds(d);
      for (const Scheme scheme : {Scheme::rand_1_bin, Scheme::current_to_rand_1}) {
        for (const Outside outside : {Outside::bounce_back, Outside::clip}) {
          for (const double cr : {0.0, 0.3, 1.0}) {
            const DifferentialOptions options{.scheme = scheme, .outside = outside, .f = 0.8, .cr = cr};
            const DecisionRows x = made(options, bounds, random_rows(bounds, 4 * kGroups, 5 * kGroups), kGroups);
            for (std::uint32_t q = 0; q < kGroups; ++q) {
              const auto parent = [&](std::uint32_t k) { return x.row_data(4 * q + k); };
              const auto expected = reference::differential(options, bounds, parent, kKey, q).value;
              INFO(target << " d=" << d << " cr=" << cr << " group=" << q);
              for (std::size_t j = 0; j < d; ++j)
                REQUIRE(x.row_data(4 * kGroups + q)[j] == Approx(expected[j]).epsilon(1e-13).margin(1e-12));
              REQUIRE(inside(bounds, x, 4 * kGroups + q));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("differential variation gives the same bits with AVX2 and AVX-512") {
  for (const std::size_t d : kSizes) {
    const Bounds bounds = uneven_bounds(d);
    std::vector<std::vector<double>> results;
    for (const std::string& target : fusing_targets()) {
      const TargetGuard guard(target);
      results.push_back(all_values(made({.cr = 0.4}, bounds, random_rows(bounds, 80, 100), 20)));
    }
    for (const auto& result : results) CHECK(result == results.front());
  }
}

TEST_CASE("differential takes at least one variable, and cr of the others, false alarm one in a million") {
  constexpr std::size_t kGroups = 20000;
  constexpr std::size_t kVariables = 10;
  const Bounds bounds(kVariables, -10.0, 10.0);
  DecisionRows x(5 * kGroups, kVariables);
  for (std::size_t q = 0; q < kGroups; ++q)
    for (std::size_t j = 0; j < kVariables; ++j) x.row_data(4 * q + 1)[j] = 1.0;
  for (const double cr : {0.0, 0.2, 1.0}) {
    const DecisionRows y = made({.cr = cr}, bounds, x, kGroups);
    std::vector<double> taken(kVariables, 0.0);
    for (std::size_t q = 0; q < kGroups; ++q) {
      double in_child = 0.0;
      for (std::size_t j = 0; j < kVariables; ++j) {
        taken[j] += y.row_data(4 * kGroups + q)[j];
        in_child += y.row_data(4 * kGroups + q)[j];
      }
      REQUIRE(in_child >= 1.0);
      if (cr == 0.0) REQUIRE(in_child == 1.0);
    }
    const double expected = kGroups * (cr + (1.0 - cr) / kVariables);
    CHECK(chi_square(taken, std::vector<double>(kVariables, expected)) < chi_square_limit(kVariables));
  }
}

TEST_CASE("a mutant outside bounces back uniformly between bound and base, false alarm one in a million a case") {
  constexpr std::size_t kGroups = 30000;
  const Bounds bounds(1);
  DecisionRows x(5 * kGroups, 1);
  for (std::size_t q = 0; q < kGroups; ++q) {
    *x.row_data(4 * q + 1) = 0.75;
    *x.row_data(4 * q + 2) = 1.0;
  }
  for (const double cr : {0.3, 1.0}) {
    const DecisionRows y = made({.f = 1.0, .cr = cr}, bounds, x, kGroups);
    std::vector<double> shares;
    for (std::size_t q = 0; q < kGroups; ++q) shares.push_back((*y.row_data(4 * kGroups + q) - 0.75) / 0.25);
    CHECK(kolmogorov_uniform(shares) < kKolmogorovLimit);
  }
  const DecisionRows clipped = made({.outside = Outside::clip, .f = 1.0}, bounds, x, kGroups);
  for (std::size_t q = 0; q < kGroups; ++q) REQUIRE(*clipped.row_data(4 * kGroups + q) == 1.0);
}

TEST_CASE("differential says what is wrong with its options") {
  CHECK(DifferentialOptions{}.error().empty());
  CHECK(DifferentialOptions{.f = 0.0}.error() == "differential: f is 0, but must be above 0 and at most 2");
  CHECK_FALSE(DifferentialOptions{.cr = std::numeric_limits<double>::quiet_NaN()}.error().empty());
  CHECK_FALSE(DifferentialOptions{.k = -1.0}.error().empty());
}
