#include "engine/statistics/multiple_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/statistics/distributions.hpp"
#include "engine/statistics/ranks.hpp"

namespace millrace {
namespace {

/// Sum of the ranks of every treatment, and what ties take from them.
Ranks rank_sums(const Columns& values) {
  Ranks sums{std::vector<double>(values.columns(), 0.0), 0.0};
  std::vector<double> block(values.columns());
  for (std::size_t i = 0; i < values.rows(); ++i) {
    for (std::size_t k = 0; k < block.size(); ++k) block[k] = values(i, k);
    const Ranks ranks = midranks(block);
    for (std::size_t k = 0; k < block.size(); ++k) sums.values[k] += ranks.values[k];
    sums.ties += ranks.ties;
  }
  return sums;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
  for (const double p : p_values)
    if (!(p >= 0.0 && p <= 1.0)) throw std::invalid_argument(fmt::format("a p value is 0 to 1, not {}", p));
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double least = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    least = std::max(least, p_values[order[i]] * static_cast<double>(order.size() - i));
    adjusted[order[i]] = std::min(least, 1.0);
  }
  return adjusted;
}

FriedmanResult friedman(const Columns& values) {
  if (values.rows() < 2 || values.columns() < 2)
    throw std::invalid_argument(fmt::format("Friedman's test needs at least 2 blocks and 2 treatments, not {} and {}",
                                            values.rows(), values.columns()));
  const Ranks sums = rank_sums(values);
  const double n = static_cast<double>(values.rows());
  const double k = static_cast<double>(values.columns());
  FriedmanResult result;
  double squares = 0.0;  // of the distances from the mean sum, which is exact in halves
  for (const double sum : sums.values) {
    squares += (sum - n * (k + 1.0) / 2.0) * (sum - n * (k + 1.0) / 2.0);
    result.mean_ranks.push_back(sum / n);
  }
  const double variation = n * k * (k + 1.0) - sums.ties / (k - 1.0);
  if (variation <= 0.0) return result;
  result.chi_square = 12.0 * squares / variation;
  const double left = n * (k - 1.0) - result.chi_square;
  // Where all blocks agree, what is left is a rounding error.
  result.f = left > 1e-12 * n * k ? (n - 1.0) * result.chi_square / left : std::numeric_limits<double>::infinity();
  const std::size_t freedom = values.columns() - 1;
  result.chi_square_p = chi_square_upper_tail(result.chi_square, freedom);
  result.f_p = f_upper_tail(result.f, freedom, freedom * (values.rows() - 1));
  return result;
}

double nemenyi_critical_difference(std::size_t treatments, std::size_t blocks, double alpha) {
  if (treatments < 2 || blocks < 1 || !(alpha > 0.0 && alpha < 1.0))
    throw std::invalid_argument(
        fmt::format("a critical difference needs 2 treatments, 1 block and a level between 0 and 1, not {}, {} and {}",
                    treatments, blocks, alpha));
  const double k = static_cast<double>(treatments);
  const double q = normal_range_quantile(1.0 - alpha, treatments);
  return q * std::sqrt(k * (k + 1.0) / (12.0 * static_cast<double>(blocks)));
}

}  // namespace millrace
