#include "engine/statistics/rank_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/statistics/distributions.hpp"
#include "engine/statistics/ranks.hpp"

namespace millrace {
namespace {

/// Both tails of a symmetric distribution of whole numbers 0 .. greatest, given by how often each occurs.
double exact_two_sided(const std::vector<double>& occurrences, double statistic) {
  const double greatest = static_cast<double>(occurrences.size() - 1);
  const double total = std::accumulate(occurrences.begin(), occurrences.end(), 0.0);
  const auto nearer_end = static_cast<std::size_t>(std::min(statistic, greatest - statistic) + 0.5);
  double tail = 0.0;
  for (std::size_t s = 0; s <= nearer_end; ++s) tail += occurrences[s];
  return std::min(1.0, 2.0 * tail / total);
}

double normal_two_sided(double statistic, double mean, double variance) {
  if (!(variance > 0.0)) return 1.0;
  const double z = (std::fabs(statistic - mean) - 0.5) / std::sqrt(variance);
  return std::min(1.0, 2.0 * normal_upper_tail(z));
}

/// How many of the C(n + m, n) arrangements have each U: the coefficients of the Gaussian binomial, the product of
/// (1 - q^(m+i)) / (1 - q^i) over i = 1 .. n. Whole numbers below 2^53, so exact.
std::vector<double> rank_sum_occurrences(std::size_t n, std::size_t m) {
  std::vector<double> count(n * m + 1, 0.0);
  count[0] = 1.0;
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t u = count.size(); u-- > m + i;) count[u] -= count[u - m - i];
    for (std::size_t u = i; u < count.size(); ++u) count[u] += count[u - i];
  }
  return count;
}

/// How many of the 2^n choices of signs have each sum of positive ranks.
std::vector<double> signed_rank_occurrences(std::size_t n) {
  std::vector<double> count(n * (n + 1) / 2 + 1, 0.0);
  count[0] = 1.0;
  for (std::size_t rank = 1; rank <= n; ++rank)
    for (std::size_t s = count.size(); s-- > rank;) count[s] += count[s - rank];
  return count;
}

}  // namespace

TestResult wilcoxon_rank_sum(std::span<const double> a, std::span<const double> b) {
  check_sample("the first sample", a);
  check_sample("the second sample", b);
  std::vector<double> pooled(a.begin(), a.end());
  pooled.insert(pooled.end(), b.begin(), b.end());
  const Ranks ranks = midranks(pooled);
  const double n = static_cast<double>(a.size());
  const double m = static_cast<double>(b.size());
  const double sum =
      std::accumulate(ranks.values.begin(), ranks.values.begin() + static_cast<std::ptrdiff_t>(a.size()), 0.0);
  TestResult result{.statistic = sum - n * (n + 1.0) / 2.0};
  result.exact = ranks.ties == 0.0 && std::max(a.size(), b.size()) <= kLargestExactSample;
  if (result.exact) {
    result.p_value = exact_two_sided(rank_sum_occurrences(a.size(), b.size()), result.statistic);
  } else {
    const double all = n + m;
    const double variance = n * m / 12.0 * (all + 1.0 - ranks.ties / (all * (all - 1.0)));
    result.p_value = normal_two_sided(result.statistic, n * m / 2.0, variance);
  }
  return result;
}

TestResult wilcoxon_signed_rank(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size())
    throw std::invalid_argument(fmt::format("pairs need samples of one size, not {} and {}", a.size(), b.size()));
  std::vector<double> sizes, differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differences.push_back(a[i] - b[i]);
    sizes.push_back(std::fabs(differences.back()));
  }
  check_sample("the differences", differences);
  const Ranks ranks = midranks(sizes);
  const double n = static_cast<double>(a.size());
  const double zeros = static_cast<double>(std::count(sizes.begin(), sizes.end(), 0.0));
  TestResult result;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (differences[i] > 0.0) result.statistic += ranks.values[i];
  result.exact = ranks.ties == 0.0 && zeros == 0.0 && a.size() <= kLargestExactSample;
  if (result.exact) {
    result.p_value = exact_two_sided(signed_rank_occurrences(a.size()), result.statistic);
  } else {
    const auto squares = [](double count) { return count * (count + 1.0) * (2.0 * count + 1.0); };
    const double ties = ranks.ties - (zeros * zeros * zeros - zeros);  // those of the differences that count
    const double mean = (n * (n + 1.0) - zeros * (zeros + 1.0)) / 4.0;
    result.p_value = normal_two_sided(result.statistic, mean, (squares(n) - squares(zeros) - ties / 2.0) / 24.0);
  }
  return result;
}

}  // namespace millrace
