#include "engine/study/variance_indices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace millrace {
namespace {

double half_square(double difference) { return 0.5 * difference * difference; }

// Jansen's estimators from means over the base points.
double jansen_first(double to_b, double pairs) { return pairs > 0.0 ? 1.0 - to_b / pairs : 0.0; }
double jansen_total(double to_a, double variance) { return to_a / variance; }

/// What every base point adds to the means that the indices are made of, one row a base point.
class TermTable {
 public:
  TermTable(SaltelliShape shape, FirstEstimator estimator)
      : shape_(shape), estimator_(estimator),
        terms_(kFactorTerms + 2 * shape.factors + (shape.second_order ? shape.factors * (shape.factors - 1) / 2 : 0)) {}

  /// A block of values relative to their mean.
  void add(std::span<const double> block) {
    const double a = block[0], b = block[1];
    values_.insert(values_.end(), {0.5 * (a + b), 0.5 * (a * a + b * b), half_square(b - a), a * b});
    for (std::size_t k = 0; k < shape_.factors; ++k) {
      const double ab = block[2 + k];
      values_.push_back(estimator_ == FirstEstimator::saltelli_2010 ? b * (ab - a) : half_square(b - ab));
      values_.push_back(half_square(a - ab));
    }
    if (!shape_.second_order) return;
    for (std::size_t j = 0; j < shape_.factors; ++j)
      for (std::size_t k = j + 1; k < shape_.factors; ++k)
        values_.push_back(block[2 + shape_.factors + j] * block[2 + k]);
  }

  std::size_t rows() const { return values_.size() / terms_; }
  std::size_t shares() const { return terms_ - kFactorTerms; }
  std::span<const double> row(std::size_t i) const { return {values_.data() + i * terms_, terms_}; }

  double variance(std::span<const double> means) const { return std::max(0.0, means[1] - means[0] * means[0]); }

  /// First and total index of every factor, then the second ones, from the means of all terms.
  void shares_of(std::span<const double> means, std::span<double> shares) const {
    const double v = variance(means);
    for (std::size_t k = 0; k < shape_.factors; ++k) {
      const double first = means[kFactorTerms + 2 * k];
      shares[2 * k] = estimator_ == FirstEstimator::saltelli_2010 ? first / v : jansen_first(first, means[2]);
      shares[2 * k + 1] = jansen_total(means[kFactorTerms + 2 * k + 1], v);
    }
    std::size_t pair = 2 * shape_.factors;
    for (std::size_t j = 0; pair < shares.size(); ++j)
      for (std::size_t k = j + 1; k < shape_.factors; ++k, ++pair)
        shares[pair] = (means[kFactorTerms + pair] - means[3]) / v - shares[2 * j] - shares[2 * k];
  }

 private:
  /// Mean, square, (b - a)^2 / 2 and a b, before those of the factors.
  static constexpr std::size_t kFactorTerms = 4;

  SaltelliShape shape_;
  FirstEstimator estimator_;
  std::size_t terms_;
  std::vector<double> values_;
};

bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

/// Mean of f(A) and f(B) over the whole base points, and how many there are.
double mean_of_pairs(std::span<const double> values, SaltelliShape shape, std::size_t& whole) {
  double sum = 0.0;
  whole = 0;
  for (std::size_t at = 0; at < values.size(); at += shape.block()) {
    if (!all_finite(values.subspan(at, shape.block()))) continue;
    sum += 0.5 * (values[at] + values[at + 1]);
    ++whole;
  }
  return whole == 0 ? 0.0 : sum / static_cast<double>(whole);
}

/// Means of the terms over base points, all of them or drawn with replacement.
template <class Draw>
void mean_terms(const TermTable& table, std::span<double> means, Draw&& draw) {
  std::fill(means.begin(), means.end(), 0.0);
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const std::span<const double> row = table.row(draw(i));
    for (std::size_t t = 0; t < row.size(); ++t) means[t] += row[t];
  }
  for (double& mean : means) mean /= static_cast<double>(table.rows());
}

/// Bootstrap intervals of all shares.
std::vector<ConfidenceInterval> share_intervals(const TermTable& table, const BootstrapOptions& options) {
  std::vector<double> means(table.row(0).size()), shares(table.shares());
  Columns resampled(options.resamples, shares.size());
  for (std::size_t r = 0; r < options.resamples; ++r) {
    RowDraws draws({options.seed, 0, Stage::bootstrap}, static_cast<std::uint32_t>(r));
    const auto rows = static_cast<std::uint32_t>(table.rows());
    mean_terms(table, means, [&](std::size_t) { return draws.below(rows); });
    // A resample of one point again and again has no variance to share.
    if (table.variance(means) > 0.0) table.shares_of(means, shares);
    else std::fill(shares.begin(), shares.end(), 0.0);
    for (std::size_t s = 0; s < shares.size(); ++s) resampled(r, s) = shares[s];
  }
  std::vector<ConfidenceInterval> intervals;
  for (std::size_t s = 0; s < shares.size(); ++s)
    intervals.push_back(percentile_interval(resampled.column(s), options.confidence));
  return intervals;
}

void judge_widths(VarianceIndices& indices, double widest_allowed) {
  for (std::size_t k = 0; k < indices.first.size(); ++k)
    for (const double width : {indices.first[k].width(), indices.total[k].width()})
      if (width > indices.widest) {
        indices.widest = width;
        indices.widest_factor = k;
      }
  indices.meaningful = !indices.first.empty() && indices.widest <= widest_allowed;
  const double growth = std::max(1.0, indices.widest / widest_allowed);
  indices.enough_base_points =
      std::bit_ceil(static_cast<std::size_t>(std::ceil(static_cast<double>(indices.base_points) * growth * growth)));
}

}  // namespace

std::string_view name_of(FirstEstimator estimator) {
  return estimator == FirstEstimator::saltelli_2010 ? "Saltelli 2010" : "Jansen 1999";
}

std::string VarianceIndexOptions::error() const {
  if (!(widest_interval > 0.0))
    return fmt::format("the widest interval that means something is above 0, not {}", widest_interval);
  return bootstrap.error();
}

VarianceIndices variance_indices(std::span<const double> values, SaltelliShape shape,
                                 const VarianceIndexOptions& options) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  if (values.size() % shape.block() != 0)
    throw std::invalid_argument(
        fmt::format("{} values are no whole number of blocks of {}", values.size(), shape.block()));
  VarianceIndices indices;
  indices.mean = mean_of_pairs(values, shape, indices.base_points);
  indices.dropped = values.size() / shape.block() - indices.base_points;
  TermTable table(shape, options.first);
  std::vector<double> block(shape.block());
  for (std::size_t at = 0; at < values.size(); at += shape.block()) {
    if (!all_finite(values.subspan(at, shape.block()))) continue;
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = values[at + i] - indices.mean;
    table.add(block);
  }
  if (indices.base_points < 2) return indices;

  std::vector<double> means(table.row(0).size()), shares(table.shares());
  mean_terms(table, means, [](std::size_t i) { return i; });
  // What rounding leaves of values that do not change is no variance.
  const double rounding = 1e-13 * std::fabs(indices.mean);
  indices.variance = table.variance(means);
  if (!(indices.variance > rounding * rounding)) {
    indices.variance = 0.0;
    return indices;
  }
  table.shares_of(means, shares);
  const std::vector<ConfidenceInterval> intervals = share_intervals(table, options.bootstrap);
  for (std::size_t s = 0; s < shares.size(); ++s) {
    auto& list = s >= 2 * shape.factors ? indices.second : s % 2 == 0 ? indices.first : indices.total;
    list.push_back({shares[s], intervals[s]});
  }
  judge_widths(indices, options.widest_interval);
  return indices;
}

SharePair jansen_shares(std::span<const double> a, std::span<const double> b, std::span<const double> ab,
                        double variance) {
  const double n = static_cast<double>(a.size());
  double pairs = 0.0, to_b = 0.0, to_a = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    pairs += half_square(b[i] - a[i]) / n;
    to_b += half_square(b[i] - ab[i]) / n;
    to_a += half_square(a[i] - ab[i]) / n;
  }
  SharePair shares{.first = jansen_first(to_b, pairs), .total = jansen_total(to_a, variance)};
  // Of a ratio of means: the spread of (b - ab)^2 / 2 - ratio * (b - a)^2 / 2.
  const double ratio = pairs > 0.0 ? to_b / pairs : 0.0;
  double first_spread = 0.0, total_spread = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double first = half_square(b[i] - ab[i]) - ratio * half_square(b[i] - a[i]);
    const double total = half_square(a[i] - ab[i]) - to_a;
    first_spread += first * first / n;
    total_spread += total * total / n;
  }
  if (pairs > 0.0) shares.first_error = std::sqrt(first_spread / n) / pairs;
  shares.total_error = std::sqrt(total_spread / n) / variance;
  return shares;
}

}  // namespace millrace
