#include "engine/statistics/rank_tests.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/statistics/effect_size.hpp"
#include "engine/statistics/ranks.hpp"

using namespace millrace;

namespace {

using Sample = std::vector<double>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const double kNan = std::nan("");

/// Pairs of which the value of `a` is greater, equal ones counted half.
double pairs_won(const Sample& a, const Sample& b) {
  double won = 0.0;
  for (const double x : a)
    for (const double y : b) won += x > y ? 1.0 : x == y ? 0.5 : 0.0;
  return won;
}

/// Share of all ways to divide the pooled values of which U is at least as far from its mean.
double rank_sum_p(const Sample& a, const Sample& b) {
  Sample pooled = a;
  pooled.insert(pooled.end(), b.begin(), b.end());
  const double mean = 0.5 * static_cast<double>(a.size() * b.size());
  const double distance = std::fabs(pairs_won(a, b) - mean);
  std::vector<int> chosen(pooled.size(), 0);
  std::fill(chosen.begin() + static_cast<long>(b.size()), chosen.end(), 1);
  double all = 0.0, far = 0.0;
  do {
    Sample first, second;
    for (std::size_t i = 0; i < pooled.size(); ++i) (chosen[i] == 1 ? first : second).push_back(pooled[i]);
    ++all;
    if (std::fabs(pairs_won(first, second) - mean) >= distance) ++far;
  } while (std::next_permutation(chosen.begin(), chosen.end()));
  return far / all;
}

/// Share of all choices of signs of which the sum of positive ranks is at least as far from its mean.
double signed_rank_p(const Sample& differences) {
  const std::size_t n = differences.size();
  Sample sizes;
  for (const double d : differences) sizes.push_back(std::fabs(d));
  std::sort(sizes.begin(), sizes.end());
  const double mean = static_cast<double>(n * (n + 1)) / 4.0;
  double sum = 0.0;
  for (const double d : differences)
    if (d > 0.0) sum += static_cast<double>(std::lower_bound(sizes.begin(), sizes.end(), d) - sizes.begin() + 1);
  double far = 0.0;
  for (std::size_t signs = 0; signs < std::size_t{1} << n; ++signs) {
    double other = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      if ((signs >> i & 1) != 0) other += static_cast<double>(i + 1);
    if (std::fabs(other - mean) >= std::fabs(sum - mean)) ++far;
  }
  return far / std::exp2(static_cast<double>(n));
}

Sample scattered(std::size_t count, std::uint64_t seed) {
  Sample values;
  for (std::size_t i = 0; i < count; ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    values.push_back(static_cast<double>(seed >> 11) * 0x1p-53);
  }
  return values;
}

}  // namespace

TEST_CASE("equal values share the mean of their ranks", "[statistics]") {
  const Ranks ranks = midranks(Sample{3.0, 1.0, 3.0, -kInfinity, 3.0, kInfinity});
  CHECK(ranks.values == Sample{4.0, 2.0, 4.0, 1.0, 4.0, 6.0});
  CHECK(ranks.ties == 24.0);
  CHECK(midranks(Sample{}).values.empty());
  CHECK(midranks(Sample{-0.0, 0.0}).ties == 6.0);
  CHECK_THROWS_AS(midranks(Sample{1.0, kNan}), std::invalid_argument);
}

TEST_CASE("quartiles are those of numpy", "[statistics]") {
  const Sample a{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const Quartiles q = quartiles(a);
  CHECK(q.lower == Approx(0.8825).epsilon(1e-14));
  CHECK(q.median == Approx(1.415).epsilon(1e-14));
  CHECK(q.upper == Approx(1.595).epsilon(1e-14));
  CHECK(quantile(a, 0.0) == 0.73);
  CHECK(quantile(a, 1.0) == 1.91);
  CHECK(quartiles(Sample{7.0}).upper == 7.0);
  CHECK(quartiles(Sample{2.0, 2.0, 2.0}).lower == 2.0);
  CHECK(quantile(Sample{1.0, kInfinity, kInfinity}, 0.75) == kInfinity);
  CHECK_THROWS_WITH(quartiles(Sample{}), "the sample has no value");
  CHECK_THROWS_AS(quantile(Sample{kNan}, 0.5), std::invalid_argument);
  CHECK_THROWS_AS(quantile(a, 1.5), std::invalid_argument);
  CHECK_THROWS_AS(quantile(a, kNan), std::invalid_argument);
}

TEST_CASE("exact p of the rank-sum test counts all arrangements", "[statistics]") {
  for (std::size_t n = 1; n <= 6; ++n)
    for (std::size_t m = 1; m <= 6; ++m)
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Sample all = scattered(n + m, seed * 100 + n * 10 + m);
        const Sample a(all.begin(), all.begin() + static_cast<long>(n)),
            b(all.begin() + static_cast<long>(n), all.end());
        const TestResult result = wilcoxon_rank_sum(a, b);
        CHECK(result.exact);
        CHECK(result.statistic == pairs_won(a, b));
        CHECK(result.p_value == Approx(rank_sum_p(a, b)).epsilon(1e-12));
        CHECK(wilcoxon_rank_sum(b, a).p_value == result.p_value);
      }
}

// Literals: scipy 1.10.1, mannwhitneyu.
TEST_CASE("the rank-sum test agrees with scipy", "[statistics]") {
  const Sample a{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}, b{1.15, 0.88, 0.90, 0.74, 1.21};
  const TestResult exact = wilcoxon_rank_sum(a, b);
  CHECK(exact.statistic == 35.0);
  CHECK(exact.p_value == Approx(0.2544122544122544).epsilon(1e-12));

  const TestResult tied = wilcoxon_rank_sum(Sample{1, 2, 2, 3, 3, 3, 4, 5}, Sample{2, 3, 4, 4, 5, 6, 6});
  CHECK_FALSE(tied.exact);
  CHECK(tied.statistic == 13.0);
  CHECK(tied.p_value == Approx(0.08748033392519716).epsilon(1e-10));

  Sample x, y;
  for (int i = 0; i < 40; ++i) x.push_back(std::fmod(i * 0.7, 3.1) + i * 0.01);
  for (int i = 0; i < 30; ++i) y.push_back(std::fmod(i * 0.9, 3.3) + 0.37 + i * 0.013);
  const TestResult normal = wilcoxon_rank_sum(x, y);
  CHECK_FALSE(normal.exact);
  CHECK(normal.statistic == 498.0);
  CHECK(normal.p_value == Approx(0.2283641747484294).epsilon(1e-10));
  x.resize(25);
  y.resize(22);
  const TestResult largest = wilcoxon_rank_sum(x, y);
  CHECK(largest.exact);
  CHECK(largest.statistic == 205.0);
  CHECK(largest.p_value == Approx(0.139466414589692).epsilon(1e-12));
}

TEST_CASE("the rank-sum test of degenerate samples", "[statistics]") {
  CHECK(wilcoxon_rank_sum(Sample{1.0}, Sample{2.0}).p_value == 1.0);
  CHECK(wilcoxon_rank_sum(Sample{1.0}, Sample{1.0}).p_value == 1.0);
  CHECK(wilcoxon_rank_sum(Sample(30, 1.0), Sample(20, 1.0)).p_value == 1.0);
  CHECK(wilcoxon_rank_sum(Sample(30, kInfinity), Sample(30, 1.0)).p_value < 1e-10);
  const Sample low = scattered(25, 1);
  Sample high = scattered(25, 2);
  for (double& v : high) v += 1.0;
  CHECK(wilcoxon_rank_sum(low, high).p_value == Approx(2.0 / 126410606437752.0).epsilon(1e-12));  // of C(50, 25)
  CHECK_THROWS_WITH(wilcoxon_rank_sum(Sample{}, Sample{1.0}), "the first sample has no value");
  CHECK_THROWS_WITH(wilcoxon_rank_sum(Sample{1.0}, Sample{kNan}), "the second sample has a value that is not a number");
}

TEST_CASE("exact p of the signed-rank test counts all signs", "[statistics]") {
  for (std::size_t n = 1; n <= 10; ++n)
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Sample differences = scattered(n, seed * 100 + n);
      for (double& d : differences) d -= 0.4;
      const TestResult result = wilcoxon_signed_rank(differences, Sample(n, 0.0));
      CHECK(result.exact);
      CHECK(result.p_value == Approx(signed_rank_p(differences)).epsilon(1e-12));
    }
}

// Literals: scipy 1.10.1, wilcoxon(zero_method="pratt", correction=True).
TEST_CASE("the signed-rank test agrees with scipy", "[statistics]") {
  const Sample p{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const Sample q{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  const TestResult exact = wilcoxon_signed_rank(p, q);
  CHECK(exact.exact);
  CHECK(exact.statistic == 40.0);
  CHECK(exact.p_value == Approx(0.0390625).epsilon(1e-12));

  const Sample u{125, 115, 130, 140, 141, 115, 140, 125, 140, 135}, v{110, 122, 125, 120, 140, 124, 123, 137, 135, 145};
  const TestResult tied = wilcoxon_signed_rank(u, v);
  CHECK_FALSE(tied.exact);
  CHECK(tied.statistic == 33.0);
  CHECK(tied.p_value == Approx(0.6100665567498502).epsilon(1e-10));

  Sample x, y;
  for (int i = 0; i < 30; ++i) {
    x.push_back((i * 37 % 53) * 1.01 + i * 0.001);
    y.push_back((i * 29 % 47) * 1.13);
  }
  const TestResult with_zero = wilcoxon_signed_rank(x, y);
  CHECK_FALSE(with_zero.exact);
  CHECK(with_zero.statistic == 248.0);
  CHECK(with_zero.p_value == Approx(0.7498583697346157).epsilon(1e-10));
}

TEST_CASE("the signed-rank test of degenerate samples", "[statistics]") {
  CHECK(wilcoxon_signed_rank(Sample{1.0}, Sample{2.0}).p_value == 1.0);
  CHECK(wilcoxon_signed_rank(Sample(9, 1.0), Sample(9, 1.0)).p_value == 1.0);
  CHECK(wilcoxon_signed_rank(Sample(40, kInfinity), Sample(40, 1.0)).p_value < 1e-7);
  CHECK_THROWS_AS(wilcoxon_signed_rank(Sample{}, Sample{}), std::invalid_argument);
  CHECK_THROWS_AS(wilcoxon_signed_rank(Sample{kInfinity}, Sample{kInfinity}), std::invalid_argument);
  CHECK_THROWS_AS(wilcoxon_signed_rank(Sample{kNan}, Sample{1.0}), std::invalid_argument);
  CHECK_THROWS_WITH(wilcoxon_signed_rank(Sample{1.0}, Sample{1.0, 2.0}), "pairs need samples of one size, not 1 and 2");
}

TEST_CASE("the effect size is the share of pairs won", "[statistics]") {
  const Sample a{1, 2, 2, 3, 3, 3, 4, 5}, b{2, 3, 4, 4, 5, 6, 6};
  CHECK(effect_size(a, b).a12 == Approx(pairs_won(a, b) / 56.0).epsilon(1e-14));
  CHECK(effect_size(a, b).magnitude == Magnitude::large);
  CHECK(effect_size(b, a).a12 == Approx(1.0 - pairs_won(a, b) / 56.0).epsilon(1e-14));
  CHECK(effect_size(a, a).a12 == 0.5);
  CHECK(effect_size(Sample{1.0}, Sample{0.0}).a12 == 1.0);
  CHECK(effect_size(Sample{0.0}, Sample{kInfinity}).a12 == 0.0);
  Sample hundred(100);
  std::iota(hundred.begin(), hundred.end(), 1.0);
  const auto against = [&](double value) { return effect_size(hundred, Sample{value}).magnitude; };
  CHECK(against(45.5) == Magnitude::negligible);  // A = 0.55
  CHECK(against(44.5) == Magnitude::small);       // 0.56
  CHECK(against(37.5) == Magnitude::small);       // 0.63
  CHECK(against(36.5) == Magnitude::medium);      // 0.64
  CHECK(against(70.5) == Magnitude::medium);      // 0.30
  CHECK(against(71.5) == Magnitude::large);       // 0.29
  CHECK(name_of(Magnitude::medium) == "medium");
  CHECK_THROWS_AS(effect_size(Sample{}, a), std::invalid_argument);
  CHECK_THROWS_AS(effect_size(a, Sample{kNan}), std::invalid_argument);
}
