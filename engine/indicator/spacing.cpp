#include "engine/indicator/spacing.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/indicator/nearest.hpp"

namespace millrace {

double spacing(const Columns& front, Workers& workers) {
  const Columns finite = finite_rows(front);
  if (finite.rows() <= 2) return 0.0;
  std::vector<double> gaps(finite.rows());
  nearest(Measure::other_manhattan, finite, finite, gaps, workers);
  const double mean = std::accumulate(gaps.begin(), gaps.end(), 0.0) / static_cast<double>(gaps.size());
  double squares = 0.0;
  for (const double gap : gaps) squares += (gap - mean) * (gap - mean);
  return std::sqrt(squares / static_cast<double>(gaps.size() - 1));
}

}  // namespace millrace
