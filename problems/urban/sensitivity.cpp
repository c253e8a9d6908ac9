#include "problems/urban/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/study/variance_indices.hpp"
#include "problems/urban/sensitivity_scenario.hpp"

namespace millrace {
namespace {

/// All outputs at the rows of a Saltelli design, and the indices that follow.
class SobolEstimate {
 public:
  SobolEstimate(FixedScheme& scheme, std::span<const UrbanRange> ranges, const Columns& sample)
      : scheme_(scheme), ranges_(ranges), sample_(sample), factors_(ranges.size()), values_(scheme.outputs().size()),
        a_(sample.rows(), values_.size()), b_(sample.rows(), values_.size()), mixed_(sample.rows(), values_.size()) {}

  SobolTable run() {
    evaluate(a_, [](std::size_t) { return false; });
    evaluate(b_, [](std::size_t) { return true; });
    SobolTable table;
    table.outputs = scheme_.outputs();
    for (const UrbanRange& range : ranges_) table.inputs.push_back(label_of(range.quantity, range.of));
    table.indices.resize(values_.size() * ranges_.size());
    for (std::size_t o = 0; o < values_.size(); ++o) add_moments(table, o);
    for (std::size_t k = 0; k < ranges_.size(); ++k) {
      evaluate(mixed_, [&](std::size_t input) { return input == k; });
      for (std::size_t o = 0; o < values_.size(); ++o)
        if (table.variance[o] > 0.0) table.indices[o * ranges_.size() + k] = index_of(o, table.variance[o]);
    }
    return table;
  }

 private:
  /// Outputs of every row with the inputs of matrix A, or of B where `from_b` says so.
  template <class FromB>
  void evaluate(Columns& outputs, FromB&& from_b) {
    for (std::size_t row = 0; row < sample_.rows(); ++row) {
      for (std::size_t k = 0; k < ranges_.size(); ++k) {
        const double share = sample_(row, from_b(k) ? ranges_.size() + k : k);
        factors_[k] = ranges_[k].low + (ranges_[k].high - ranges_[k].low) * share;
      }
      scheme_.evaluate(factors_, values_);
      for (std::size_t o = 0; o < values_.size(); ++o) outputs(row, o) = values_[o];
    }
  }

  /// Mean and variance of an output over A and B, relative to its first value so that large means cost no digits.
  void add_moments(SobolTable& table, std::size_t o) const {
    const double origin = a_(0, o);
    const double n = 2.0 * static_cast<double>(sample_.rows());
    double sum = 0.0, squares = 0.0;
    for (const Columns* matrix : {&a_, &b_})
      for (const double value : matrix->column(o)) {
        sum += value - origin;
        squares += (value - origin) * (value - origin);
      }
    const double variance = (squares - sum * sum / n) / n;
    // What rounding leaves of an output that does not change is no variance.
    const double rounding = 1e-13 * std::abs(origin);
    table.mean.push_back(origin + sum / n);
    table.variance.push_back(variance > rounding * rounding ? variance : 0.0);
  }

  SobolIndex index_of(std::size_t o, double variance) const {
    const SharePair shares = jansen_shares(a_.column(o), b_.column(o), mixed_.column(o), variance);
    return {shares.first, shares.total, shares.first_error, shares.total_error};
  }

  FixedScheme& scheme_;
  std::span<const UrbanRange> ranges_;
  const Columns& sample_;
  std::vector<double> factors_;
  std::vector<double> values_;
  /// Outputs in columns, of A, of B, and of A with one input from B.
  Columns a_;
  Columns b_;
  Columns mixed_;
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

}  // namespace millrace
