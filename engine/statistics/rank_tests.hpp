#pragma once

#include <cstddef>
#include <span>

namespace millrace {

/// Outcome of a two-sided test.
struct TestResult {
  double statistic = 0.0;
  /// Probability of a statistic at least as far from its mean where the null hypothesis holds.
  double p_value = 1.0;
  /// From the distribution itself, not its normal approximation.
  bool exact = false;
};

/// Largest sample whose p is exact.
inline constexpr std::size_t kLargestExactSample = 25;

/// Wilcoxon's rank-sum test (Mann and Whitney 1947, DOI 10.1214/aoms/1177730491) of two independent samples against the
/// hypothesis that neither tends to be greater. The statistic is U: in how many pairs the value of `a` is greater, equal
/// ones counted half.
///
/// Exact where both samples have at most 25 values and no two of all are equal. Otherwise normal, with the variance
/// corrected for ties and a continuity correction of 1/2; p = 1 where all values are equal. Infinities are ordered.
/// Throws std::invalid_argument where a sample is empty or has a NaN. O(N log N + n^2 m).
TestResult wilcoxon_rank_sum(std::span<const double> a, std::span<const double> b);

/// Wilcoxon's signed-rank test (1945, DOI 10.2307/3001968) of pairs a_i, b_i against the hypothesis that the differences
/// a - b are symmetric about 0. The statistic is the sum of the ranks of |a - b| over the positive differences.
///
/// Differences of 0 are treated as by Pratt (1959), DOI 10.1080/01621459.1959.10501526: they take part in the ranking,
/// then their ranks are dropped. Exact where there are at most 25 pairs, no differences of 0 and no equal |a - b|.
/// Otherwise normal, with the variance corrected for zeros and ties and a continuity correction of 1/2; p = 1 where all
/// differences are 0. Throws std::invalid_argument where the samples are empty or of different size, or a difference is
/// NaN (infinity less infinity is). O(n log n + n^3).
TestResult wilcoxon_signed_rank(std::span<const double> a, std::span<const double> b);

}  // namespace millrace
