#include "engine/indicator/rows_inside.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace millrace {

std::vector<std::uint32_t> rows_inside(const Columns& points, std::span<const double> reference) {
  if (points.columns() == 0) throw std::invalid_argument("hypervolume: the points have no objectives");
  if (reference.size() != points.columns())
    throw std::invalid_argument("hypervolume: the points have " + std::to_string(points.columns()) +
                                " objectives, the reference " + std::to_string(reference.size()));
  for (const double value : reference)
    if (!std::isfinite(value)) throw std::invalid_argument("hypervolume: the reference must be finite");
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < points.rows(); ++i) {
    bool inside = true;
    for (std::size_t k = 0; k < points.columns(); ++k)
      inside = inside && std::isfinite(points(i, k)) && points(i, k) < reference[k];
    if (inside) rows.push_back(i);
  }
  return rows;
}

}  // namespace millrace
