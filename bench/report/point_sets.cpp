#include "bench/report/point_sets.hpp"

#include <cmath>

#include "engine/random/philox.hpp"
#include "problems/suite/true_front.hpp"

namespace millrace::bench {

Columns uniform_cube(std::size_t n, std::size_t m) {
  Columns points(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    RowDraws draws({1, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    for (std::size_t k = 0; k < m; ++k) points(i, k) = draws.next_double();
  }
  return points;
}

Columns merged_population(std::size_t n, std::size_t m) {
  Columns points = sphere_points(m, n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    RowDraws draws({2, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    const double behind = (i < n / 2 ? 0.001 : 0.1) * -std::log(1.0 - draws.next_double());
    for (std::size_t k = 0; k < m; ++k) points(i, k) *= 1.0 + behind;
  }
  return points;
}

}  // namespace millrace::bench
