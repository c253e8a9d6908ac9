#include "engine/exact/dual_bound.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kNoise = 1e-9;

/// Least of factor * v over lower <= v <= upper.
double least_product(double factor, double lower, double upper, double size) {
  const double bound = factor > 0.0 ? lower : upper;
  if (factor == 0.0) return 0.0;
  if (std::isfinite(bound)) return factor * bound;
  return std::abs(factor) <= kNoise * size ? 0.0 : -std::numeric_limits<double>::infinity();
}

}  // namespace

double dual_bound(const LinearForm& form, std::span<const double> weights, std::span<const double> row_multipliers,
                  std::vector<double>& reduced) {
  reduced.assign(form.columns.size(), 0.0);
  double bound = 0.0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    bound += weights[k] * form.objective_constants[k];
    form.objective_terms.add_multiple(k, weights[k], reduced);
  }
  double size = 0.0;
  for (const double cost : reduced) size = std::max(size, std::abs(cost));
  for (std::size_t i = 0; i < form.rows.size(); ++i) {
    // A multiplier of the wrong sign for a one-sided row is rounding: any other value gives a true bound as well.
    const bool useless = std::isinf(row_multipliers[i] > 0.0 ? form.rows[i].lower : form.rows[i].upper);
    const double multiplier = useless ? 0.0 : row_multipliers[i];
    bound += least_product(multiplier, form.rows[i].lower, form.rows[i].upper, size);
    form.row_terms.add_multiple(i, -multiplier, reduced);
  }
  for (std::size_t j = 0; j < reduced.size(); ++j)
    bound += least_product(reduced[j], form.columns[j].lower, form.columns[j].upper, size);
  return bound;
}

}  // namespace millrace
