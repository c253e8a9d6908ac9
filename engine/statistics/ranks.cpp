#include "engine/statistics/ranks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>

namespace millrace {
namespace {

double quantile_of_sorted(std::span<const double> sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
  const double share = place - static_cast<double>(below);
  if (share == 0.0 || sorted[below] == sorted[below + 1]) return sorted[below];  // infinities have no difference
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

std::vector<double> sorted_sample(std::span<const double> values) {
  check_sample("the sample", values);
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

void check_sample(const char* what, std::span<const double> values) {
  if (values.empty()) throw std::invalid_argument(fmt::format("{} has no value", what));
  if (std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }))
    throw std::invalid_argument(fmt::format("{} has a value that is not a number", what));
}

Ranks midranks(std::span<const double> values) {
  if (!values.empty()) check_sample("the sample", values);
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  Ranks ranks{std::vector<double>(values.size()), 0.0};
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double shared = 0.5 * static_cast<double>(begin + 1 + end);
    for (std::size_t i = begin; i < end; ++i) ranks.values[order[i]] = shared;
    const double tied = static_cast<double>(end - begin);
    ranks.ties += tied * tied * tied - tied;
  }
  return ranks;
}

double quantile(std::span<const double> values, double p) {
  if (!(p >= 0.0 && p <= 1.0)) throw std::invalid_argument(fmt::format("a quantile is 0 to 1, not {}", p));
  return quantile_of_sorted(sorted_sample(values), p);
}

Quartiles quartiles(std::span<const double> values) {
  const std::vector<double> sorted = sorted_sample(values);
  return {quantile_of_sorted(sorted, 0.25), quantile_of_sorted(sorted, 0.5), quantile_of_sorted(sorted, 0.75)};
}

}  // namespace millrace
