#include "problems/urban/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/random/philox.hpp"
#include "problems/urban/sensitivity_scenario.hpp"

namespace millrace {
namespace {

double half_square(double difference) { return 0.5 * difference * difference; }

/// Sums of one output over the rows of a Saltelli design, values taken relative to `origin` so that large means cost no
/// digits.
struct VarianceSums {
  double sum = 0.0;
  double squares = 0.0;
  std::size_t count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return sum / static_cast<double>(count); }
  double variance() const {
    const double n = static_cast<double>(count);
    return std::max(0.0, (squares - sum * sum / n) / n);
  }
  /// Of the mean.
  double standard_error() const { return std::sqrt(variance() / static_cast<double>(count)); }
};

class SobolEstimate {
 public:
  SobolEstimate(FixedScheme& scheme, std::span<const UrbanRange> ranges, const Columns& sample)
      : scheme_(scheme), ranges_(ranges), sample_(sample), inputs_(ranges.size()), outputs_(scheme.outputs().size()),
        factors_(inputs_), a_(outputs_), b_(outputs_), mixed_(outputs_), origin_(outputs_), all_(outputs_),
        pairs_(outputs_), first_with_pairs_(outputs_ * inputs_, 0.0), first_(outputs_ * inputs_),
        total_(outputs_ * inputs_) {}

  SobolTable run() {
    std::fill(factors_.begin(), factors_.end(), 1.0);
    scheme_.evaluate(factors_, origin_);
    for (std::size_t row = 0; row < sample_.rows(); ++row) add_row(row);
    return table();
  }

 private:
  double factor(std::size_t row, std::size_t input, bool from_b) const {
    const UrbanRange& range = ranges_[input];
    return range.low + (range.high - range.low) * sample_(row, from_b ? inputs_ + input : input);
  }

  void evaluate_matrix(std::size_t row, bool from_b, std::vector<double>& values) {
    for (std::size_t k = 0; k < inputs_; ++k) factors_[k] = factor(row, k, from_b);
    scheme_.evaluate(factors_, values);
  }

  void add_row(std::size_t row) {
    evaluate_matrix(row, true, b_);
    evaluate_matrix(row, false, a_);
    for (std::size_t o = 0; o < outputs_; ++o) {
      all_[o].add(a_[o] - origin_[o]);
      all_[o].add(b_[o] - origin_[o]);
      pairs_[o].add(half_square(b_[o] - a_[o]));
    }
    // The factors are those of A now: change one at a time to B.
    for (std::size_t k = 0; k < inputs_; ++k) {
      const double kept = factors_[k];
      factors_[k] = factor(row, k, true);
      scheme_.evaluate(factors_, mixed_);
      factors_[k] = kept;
      for (std::size_t o = 0; o < outputs_; ++o) {
        const double to_b = half_square(b_[o] - mixed_[o]);
        first_[o * inputs_ + k].add(to_b);
        first_with_pairs_[o * inputs_ + k] += to_b * half_square(b_[o] - a_[o]);
        total_[o * inputs_ + k].add(half_square(a_[o] - mixed_[o]));
      }
    }
  }

  SobolTable table() const {
    SobolTable table;
    for (const UrbanRange& range : ranges_) table.inputs.push_back(label_of(range.quantity, range.of));
    table.outputs = scheme_.outputs();
    for (std::size_t o = 0; o < outputs_; ++o) {
      // What rounding leaves of an output that does not change is no variance.
      const double rounding = 1e-13 * std::abs(origin_[o]);
      const double variance = all_[o].variance();
      const bool varies = variance > rounding * rounding;
      table.mean.push_back(origin_[o] + all_[o].mean());
      table.variance.push_back(varies ? variance : 0.0);
      for (std::size_t k = 0; k < inputs_; ++k)
        table.indices.push_back(varies ? index_of(o, k, variance) : SobolIndex{});
    }
    return table;
  }

  SobolIndex index_of(std::size_t o, std::size_t k, double variance) const {
    const VarianceSums& pairs = pairs_[o];
    const VarianceSums& first = first_[o * inputs_ + k];
    const VarianceSums& total = total_[o * inputs_ + k];
    SobolIndex index;
    index.total = total.mean() / variance;
    index.total_error = total.standard_error() / variance;
    if (!(pairs.mean() > 0.0)) return index;
    // Of a ratio of means: the spread of (b - mixed)^2 / 2 - share * (b - a)^2 / 2.
    const double share = first.mean() / pairs.mean();
    const double n = static_cast<double>(first.count);
    const double covariance = first_with_pairs_[o * inputs_ + k] / n - first.mean() * pairs.mean();
    const double spread = first.variance() - 2.0 * share * covariance + share * share * pairs.variance();
    index.first = 1.0 - share;
    index.first_error = std::sqrt(std::max(0.0, spread) / n) / pairs.mean();
    return index;
  }

  FixedScheme& scheme_;
  std::span<const UrbanRange> ranges_;
  const Columns& sample_;
  std::size_t inputs_;
  std::size_t outputs_;
  std::vector<double> factors_;
  std::vector<double> a_;
  std::vector<double> b_;
  std::vector<double> mixed_;
  std::vector<double> origin_;
  std::vector<VarianceSums> all_;
  /// (b - a)^2 / 2 of every output, and its products with the terms of the first indices.
  std::vector<VarianceSums> pairs_;
  std::vector<double> first_with_pairs_;
  std::vector<VarianceSums> first_;
  std::vector<VarianceSums> total_;
};

}  // namespace

FixedScheme::FixedScheme(const UrbanCase& urban, std::size_t scenario, std::span<const double> x,
                         std::span<const UrbanRange> inputs)
    : urban_(one_scenario(urban, scenario)), x_(x.begin(), x.end()), inputs_(inputs.size()) {
  // Refuses a scheme of another size.
  objective_values(urban_, 0, x_);
  for (const UrbanObjective objective : urban_.objectives) outputs_.emplace_back(name_of(objective));
  outputs_.emplace_back("breach");
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    const std::vector<Series*> series = series_of(urban_, inputs[k].quantity, inputs[k].of);
    if (series.empty())
      throw std::invalid_argument(
          fmt::format("case '{}' has no data for {}", urban.name, label_of(inputs[k].quantity, inputs[k].of)));
    for (Series* values : series) targets_.push_back({k, values->data(), values->front(), most_of(inputs[k].quantity)});
  }
}

void FixedScheme::evaluate(std::span<const double> factors, std::span<double> values) {
  for (const Target& target : targets_) *target.value = target.base;
  for (const Target& target : targets_) *target.value = std::min(*target.value * factors[target.input], target.most);
  const std::vector<double> objectives = objective_values(urban_, 0, x_);
  std::copy(objectives.begin(), objectives.end(), values.begin());
  values.back() = total_breach(limit_breaches(urban_, 0, x_));
}

OneAtATimeTable one_at_a_time(const UrbanCase& urban, std::size_t scenario, std::span<const double> x) {
  const std::vector<UrbanRange>& ranges = urban.sensitivity.ranges;
  FixedScheme scheme(urban, scenario, x, ranges);
  const std::size_t outputs = scheme.outputs().size();
  std::vector<double> factors(ranges.size(), 1.0);
  OneAtATimeTable table{scheme.outputs(), std::vector<double>(outputs), {}};
  scheme.evaluate(factors, table.base);
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const UrbanRange& range = ranges[k];
    OneAtATime& row = table.rows.emplace_back();
    row = {label_of(range.quantity, range.of), range.low, range.high, std::vector<double>(outputs),
           std::vector<double>(outputs)};
    factors[k] = range.low;
    scheme.evaluate(factors, row.low);
    factors[k] = range.high;
    scheme.evaluate(factors, row.high);
    factors[k] = 1.0;
  }
  return table;
}

SobolTable sobol_indices(const UrbanCase& urban, std::size_t scenario, std::span<const double> x,
                         const Columns& sample) {
  const std::vector<UrbanRange>& ranges = urban.sensitivity.ranges;
  if (sample.rows() < 2 || sample.columns() != 2 * ranges.size())
    throw std::invalid_argument(
        fmt::format("the sample has {} rows and {} columns; Sobol indices of {} inputs need at "
                    "least 2 rows and {} columns",
                    sample.rows(), sample.columns(), ranges.size(), 2 * ranges.size()));
  FixedScheme scheme(urban, scenario, x, ranges);
  return SobolEstimate(scheme, ranges, sample).run();
}

Columns saltelli_sample(std::size_t rows, std::size_t inputs, std::uint64_t seed) {
  Columns sample(rows, 2 * inputs);
  for (std::size_t row = 0; row < rows; ++row) {
    RowDraws draws({seed, 0, Stage::sample}, static_cast<std::uint32_t>(row));
    for (std::size_t c = 0; c < sample.columns(); ++c) sample(row, c) = draws.next_double();
  }
  return sample;
}

}  // namespace millrace
