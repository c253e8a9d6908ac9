#include "engine/indicator/epsilon.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

#include "engine/indicator/nearest.hpp"

namespace millrace {
namespace {

double largest_of_nearest(Measure measure, const Columns& front, const Columns& reference_set) {
  if (front.rows() == 0) return std::numeric_limits<double>::infinity();
  Workers workers(1);
  std::vector<double> least(reference_set.rows());
  nearest(measure, reference_set, front, least, workers);
  return *std::max_element(least.begin(), least.end());
}

void require_positive(const Columns& points) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    for (const double value : points.column(k))
      if (!(value > 0.0)) throw std::invalid_argument("multiplicative_epsilon: every objective must be positive");
}

}  // namespace

double additive_epsilon(const Columns& front, const Columns& reference_set) {
  require_reference("additive_epsilon", reference_set, front.columns());
  return largest_of_nearest(Measure::worst_excess, finite_rows(front), reference_set);
}

double multiplicative_epsilon(const Columns& front, const Columns& reference_set) {
  require_reference("multiplicative_epsilon", reference_set, front.columns());
  const Columns finite = finite_rows(front);
  require_positive(finite);
  require_positive(reference_set);
  return largest_of_nearest(Measure::worst_ratio, finite, reference_set);
}

}  // namespace millrace
