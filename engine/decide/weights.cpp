#include "engine/decide/weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace millrace {
namespace {

/// Conflicts below this are rounding.
constexpr double kNoConflict = 1e-12;

/// Sum 1, unless all are 0. By the largest first, so that no sum overflows.
std::vector<double> normalised(std::vector<double> weights) {
  const double largest = *std::max_element(weights.begin(), weights.end());
  if (largest == 0.0) return weights;
  double sum = 0.0;
  for (double& weight : weights) sum += weight /= largest;
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// 1 less the entropy of the shares of gain, of an objective that varies among n >= 2 solutions.
double unevenness(std::span<const double> y) {
  const double worst = *std::max_element(y.begin(), y.end());
  double total = 0.0;
  for (const double value : y) total += worst - value;
  double entropy = 0.0;
  for (const double value : y) {
    const double share = (worst - value) / total;
    if (share > 0.0) entropy -= share * std::log(share);
  }
  // At least one share, that of the worst, is 0: the entropy stays below ln n by more than rounding can make up.
  return 1.0 - entropy / std::log(static_cast<double>(y.size()));
}

/// y less its mean, over its length; the length over sqrt(n), which is the standard deviation, is returned.
double standardise(std::span<double> y) {
  const auto n = static_cast<double>(y.size());
  double mean = 0.0;
  for (const double value : y) mean += value / n;
  double largest = 0.0;
  for (double& value : y) largest = std::max(largest, std::abs(value -= mean));
  double squares = 0.0;
  for (const double value : y) squares += (value / largest) * (value / largest);
  for (double& value : y) value /= largest * std::sqrt(squares);
  return largest * std::sqrt(squares / n);
}

double correlation(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return std::clamp(sum, -1.0, 1.0);
}

}  // namespace

std::vector<double> given_weights(const ScaledFront& front, std::span<const double> weights) {
  if (weights.size() != front.objectives())
    throw std::invalid_argument(fmt::format("{} weights for {} objectives", weights.size(), front.objectives()));
  for (const double weight : weights)
    if (!std::isfinite(weight) || weight < 0.0)
      throw std::invalid_argument(fmt::format("a weight is a finite number of at least 0, not {}", weight));
  const bool all_zero = std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0.0; });
  if (all_zero && !front.varying().empty()) throw std::invalid_argument("one weight must be above 0");
  std::vector<double> kept(front.objectives(), 0.0);
  for (const std::size_t k : front.varying()) kept[k] = weights[k];
  return normalised(std::move(kept));
}

std::vector<double> equal_weights(const ScaledFront& front) {
  return given_weights(front, std::vector<double>(front.objectives(), 1.0));
}

std::vector<double> entropy_weights(const ScaledFront& front) {
  std::vector<double> weights(front.objectives(), 0.0);
  for (const std::size_t k : front.varying()) weights[k] = unevenness(front.column(k));
  return normalised(std::move(weights));
}

std::vector<double> critic_weights(const ScaledFront& front) {
  const auto varying = front.varying();
  Columns standard(front.size(), varying.size());
  std::vector<double> deviation;
  for (std::size_t a = 0; a < varying.size(); ++a) {
    std::copy_n(front.column(varying[a]).begin(), front.size(), standard.column(a).begin());
    deviation.push_back(standardise(standard.column(a)));
  }
  std::vector<double> conflict(varying.size(), 0.0);
  for (std::size_t a = 0; a < varying.size(); ++a)
    for (std::size_t b = 0; b < varying.size(); ++b)
      if (a != b) conflict[a] += 1.0 - correlation(standard.column(a), standard.column(b));
  if (std::all_of(conflict.begin(), conflict.end(), [](double c) { return c < kNoConflict; }))
    return equal_weights(front);
  std::vector<double> weights(front.objectives(), 0.0);
  for (std::size_t a = 0; a < varying.size(); ++a) weights[varying[a]] = deviation[a] * conflict[a];
  return normalised(std::move(weights));
}

}  // namespace millrace
