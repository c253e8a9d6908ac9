#include "engine/indicator/distance.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "engine/indicator/nearest.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double mean_length(Measure measure, const Columns& from, const Columns& to, Workers& workers) {
  std::vector<double> squared(from.rows());
  nearest(measure, from, to, squared, workers);
  double sum = 0.0;
  for (const double value : squared) sum += std::sqrt(value);
  return sum / static_cast<double>(from.rows());
}

double from_reference(const char* name, Measure measure, const Columns& front, const Columns& reference_set,
                      Workers& workers) {
  require_reference(name, reference_set, front.columns());
  const Columns finite = finite_rows(front);
  return finite.rows() == 0 ? kInfinity : mean_length(measure, reference_set, finite, workers);
}

double from_front(const char* name, Measure measure, const Columns& front, const Columns& reference_set,
                  Workers& workers) {
  require_reference(name, reference_set, front.columns());
  if (front.rows() == 0 || finite_rows(front).rows() != front.rows()) return kInfinity;
  return mean_length(measure, front, reference_set, workers);
}

}  // namespace

double igd(const Columns& front, const Columns& reference_set, Workers& workers) {
  return from_reference("igd", Measure::squared, front, reference_set, workers);
}

double igd_plus(const Columns& front, const Columns& reference_set, Workers& workers) {
  return from_reference("igd_plus", Measure::squared_worse, front, reference_set, workers);
}

double gd(const Columns& front, const Columns& reference_set, Workers& workers) {
  return from_front("gd", Measure::squared, front, reference_set, workers);
}

double gd_plus(const Columns& front, const Columns& reference_set, Workers& workers) {
  return from_front("gd_plus", Measure::squared_better, front, reference_set, workers);
}

}  // namespace millrace
