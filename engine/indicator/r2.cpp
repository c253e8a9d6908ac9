#include "engine/indicator/r2.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/indicator/nearest.hpp"

namespace millrace {
namespace {

void require_weights(const Columns& front, const Columns& weights, std::span<const double> ideal) {
  if (weights.rows() == 0) throw std::invalid_argument("r2: there are no weights");
  if (weights.columns() != front.columns() || ideal.size() != front.columns())
    throw std::invalid_argument("r2: the front, the weights and the ideal point must have as many objectives");
  for (std::size_t k = 0; k < weights.columns(); ++k) {
    if (!std::isfinite(ideal[k])) throw std::invalid_argument("r2: the ideal point must be finite");
    for (const double weight : weights.column(k))
      if (!(weight >= 0.0) || !std::isfinite(weight))
        throw std::invalid_argument("r2: weights must be finite and not negative");
  }
}

}  // namespace

double r2(const Columns& front, const Columns& weights, std::span<const double> ideal, Workers& workers) {
  require_weights(front, weights, ideal);
  Columns shifted = finite_rows(front);
  if (shifted.rows() == 0) return std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < shifted.columns(); ++k)
    for (double& value : shifted.column(k)) value -= ideal[k];
  std::vector<double> least(weights.rows());
  nearest(Measure::tchebycheff, weights, shifted, least, workers);
  return std::accumulate(least.begin(), least.end(), 0.0) / static_cast<double>(least.size());
}

}  // namespace millrace
