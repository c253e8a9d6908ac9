#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "operators/polynomial_mutation.hpp"
#include "tests/reference/polynomial_mutation.hpp"
#include "tests/unit/operators/rows.hpp"
#include "tests/unit/random/goodness_of_fit.hpp"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr StreamKey kKey{77, 12, Stage::mutate};

DecisionRows mutated(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows x,
                     std::uint32_t first_row = 0) {
  polynomial_mutation(options, bounds, x, slots(0, x.rows()), kKey, first_row);
  return x;
}

double binomial(double n, double p, double k) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
                  (n - k) * std::log1p(-p));
}

}  // namespace

TEST_CASE("polynomial mutation agrees with the textbook formula on every instruction set") {
  for (const std::string& target : simd_targets()) {
    const TargetGuard guard(target);
    for (const std::size_t d : kSizes) {
      const Bounds bounds = uneven_bounds(d);
      for (const double eta : {0.0, 20.0, 300.0}) {
        for (const std::optional<double> p :
             {std::optional<double>(), std::optional(0.0), std::optional(0.4), std::optional(1.0)}) {
          const PolynomialMutationOptions options{p, eta};
          const DecisionRows before = random_rows(bounds, 150, 150);
          const DecisionRows after = mutated(options, bounds, before, 1000);
          for (std::size_t i = 0; i < before.rows(); ++i) {
            std::vector<double> expected(before.row(i).begin(), before.row(i).end());
            reference::polynomial_mutation(options, bounds, expected.data(), kKey,
                                           static_cast<std::uint32_t>(1000 + i));
            INFO(target << " d=" << d << " eta=" << eta << " row=" << i);
            for (std::size_t j = 0; j < d; ++j) {
              const double size = std::max(std::abs(bounds.lower(j)), std::abs(bounds.upper(j)));
              REQUIRE(std::abs(after.row_data(i)[j] - expected[j]) <= 1e-12 * size);
            }
            REQUIRE(inside(bounds, after, i));
          }
        }
      }
    }
  }
}

TEST_CASE("polynomial mutation gives the same bits with AVX2 and AVX-512, and row by row") {
  const auto targets = fusing_targets();
  for (const std::size_t d : kSizes) {
    const Bounds bounds = uneven_bounds(d);
    const DecisionRows before = random_rows(bounds, 133, 133);
    std::vector<std::vector<double>> results;
    for (const std::string& target : targets) {
      const TargetGuard guard(target);
      results.push_back(all_values(mutated({}, bounds, before)));
      DecisionRows single = before;
      for (std::uint32_t i = 0; i < single.rows(); ++i) polynomial_mutation({}, bounds, single.row_data(i), kKey, i);
      results.push_back(all_values(single));
    }
    for (const auto& result : results) CHECK(result == results.front());
  }
}

TEST_CASE("mutated values keep to the distribution of the paper, false alarm one in a million a case") {
  constexpr std::size_t kRows = 60000;
  for (const double start : {0.5, 0.02, 0.9}) {
    for (const double eta : {1.0, 20.0}) {
      Bounds bounds(1, -2.0, 6.0);
      DecisionRows x(kRows, 1);
      const double value = -2.0 + 8.0 * start;
      for (std::size_t i = 0; i < kRows; ++i) *x.row_data(i) = value;
      x = mutated({1.0, eta}, bounds, x);
      std::vector<double> shares(kRows);
      for (std::size_t i = 0; i < kRows; ++i)
        shares[i] = reference::mutation_distribution(*x.row_data(i), value, -2.0, 6.0, eta);
      INFO("value " << value << " eta " << eta);
      CHECK(kolmogorov_uniform(shares) < kKolmogorovLimit);
    }
  }
}

TEST_CASE("every variable mutates as often as asked, independently, false alarm one in a million a case") {
  constexpr std::size_t kRows = 40000;
  constexpr std::size_t kVariables = 14;
  Bounds bounds(kVariables);
  for (const std::optional<double> option : {std::optional<double>(), std::optional(0.3), std::optional(0.9)}) {
    const double p = option.value_or(1.0 / kVariables);
    DecisionRows x(kRows, kVariables);
    for (std::size_t i = 0; i < kRows; ++i)
      for (double& value : x.row(i)) value = 0.5;
    x = mutated({option, 20.0}, bounds, x);
    std::vector<double> of_variable(kVariables, 0.0);
    std::vector<double> of_count(kVariables + 1, 0.0);
    double neighbours = 0.0;
    for (std::size_t i = 0; i < kRows; ++i) {
      std::size_t count = 0;
      for (std::size_t j = 0; j < kVariables; ++j) {
        const bool changed = x.row_data(i)[j] != 0.5;
        count += changed;
        of_variable[j] += changed;
        neighbours += changed && j > 0 && x.row_data(i)[j - 1] != 0.5;
      }
      ++of_count[count];
    }
    INFO("probability " << p);
    // Each count is binomial: against its own variance, which is smaller than its mean by the factor 1 - p.
    const std::vector<double> expected(kVariables, kRows * p);
    CHECK(chi_square(of_variable, expected) / (1.0 - p) < chi_square_limit(kVariables));
    const double pairs = (kVariables - 1) * kRows * p * p;
    CHECK(std::abs(neighbours - pairs) < 4.9 * std::sqrt(3.0 * pairs));
    // Rare numbers of mutations are pooled into the last class.
    std::vector<double> classes, class_expected;
    double pool = 0.0, pool_expected = 0.0;
    for (std::size_t k = 0; k <= kVariables; ++k) {
      const double share = kRows * binomial(kVariables, p, static_cast<double>(k));
      if (share >= 10.0) {
        classes.push_back(of_count[k]);
        class_expected.push_back(share);
      } else {
        pool += of_count[k];
        pool_expected += share;
      }
    }
    classes.push_back(pool);
    class_expected.push_back(pool_expected);
    CHECK(chi_square(classes, class_expected) < chi_square_limit(static_cast<double>(classes.size() - 1)));
  }
}

TEST_CASE("probability 0 mutates nothing, probability 1 everything that can move") {
  const Bounds bounds = uneven_bounds(1000);
  const DecisionRows before = random_rows(bounds, 10, 10);
  CHECK(all_values(mutated({0.0, 20.0}, bounds, before)) == all_values(before));
  const DecisionRows after = mutated({1.0, 1.0}, bounds, before);
  std::size_t same = 0, movable = 0;
  for (std::size_t i = 0; i < 10; ++i)
    for (std::size_t j = 0; j < 1000; ++j) {
      const bool equal = after.row_data(i)[j] == before.row_data(i)[j];
      if (bounds.lower(j) == bounds.upper(j)) REQUIRE(equal);
      else ++movable, same += equal;
    }
  // A value on a bound stays there when its step points outwards: a twelfth on each side, half the time.
  CHECK(static_cast<double>(same) < 0.12 * static_cast<double>(movable));
}

TEST_CASE("a tiny probability mutates next to nothing and does not overflow") {
  const Bounds bounds(1000);
  const DecisionRows before = random_rows(bounds, 100, 100);
  CHECK(all_values(mutated({1e-300, 20.0}, bounds, before)) == all_values(before));
}

TEST_CASE("polynomial mutation accepts no rows and says what is wrong with its options") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Bounds bounds(3);
  DecisionRows x(0, 3);
  polynomial_mutation({}, bounds, x, {}, kKey, 0);
  CHECK(PolynomialMutationOptions{}.error().empty());
  CHECK(PolynomialMutationOptions{.probability = -0.5}.error() ==
        "polynomial mutation: probability is -0.5, but must be from 0 to 1");
  CHECK_FALSE(PolynomialMutationOptions{.probability = nan}.error().empty());
  CHECK_FALSE(PolynomialMutationOptions{.probability = {}, .eta = nan}.error().empty());
}
