#include "operators/undx.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "operators/parent_space.hpp"

namespace millrace {
namespace {

/// A normal vector in widths of the bounds, over all variables; zero in the padding.
void write_normals(const Bounds& bounds, double deviation, RowDraws& draws, double* row) {
  const std::size_t d = bounds.variables();
  for (std::size_t j = 0; j < d; j += 2) {
    const auto pair = normal_pair(draws);
    row[j] = deviation * pair[0];
    if (j + 1 < d) row[j + 1] = deviation * pair[1];
  }
  std::fill(row + d, row + round_up(d, kAlignment / sizeof(double)), 0.0);
  // No step is possible there, and distances leave these variables out.
  for (std::size_t j = 0; j < d; ++j)
    if (bounds.lower(j) == bounds.upper(j)) row[j] = 0.0;
}

void make_child(const UndxOptions& options, const Bounds& bounds, const ParentRows& parents, const ParentSpace& space,
                RowDraws& draws, double* child) {
  const std::size_t primary = parents.count - 1;
  const double across = space.coordinate(primary, primary) * options.eta;
  Coefficients step = normal_coefficients(draws, primary);
  write_normals(bounds, across / std::sqrt(static_cast<double>(bounds.variables())), draws, child);
  const Coefficients inside = space.coordinates_of(child, primary);
  for (std::size_t a = 0; a < primary; ++a) step[a] = options.zeta * space.length(a) * step[a] - inside[a];
  Coefficients weights = space.deviations_of(step, primary);
  // From the mean of the primary parents, and a deviation is a parent less that mean.
  double total = 0.0;
  for (std::size_t k = 0; k < primary; ++k) total += weights[k];
  for (std::size_t k = 0; k < primary; ++k) weights[k] += (1.0 - total) / static_cast<double>(primary);
  weights[primary] = 0.0;
  combine_and_add(parents, weights, bounds, child);
}

}  // namespace

std::string UndxOptions::error() const {
  if (!(zeta >= 0.0 && zeta <= 100.0)) return fmt::format("undx: zeta is {}, but must be from 0 to 100", zeta);
  if (!(eta >= 0.0 && eta <= 100.0)) return fmt::format("undx: eta is {}, but must be from 0 to 100", eta);
  return parent_space_error("undx", 3, parents, children);
}

void undx(const UndxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range) {
  for (std::size_t q = range.first; q < range.last; ++q) {
    RowDraws draws(key, static_cast<std::uint32_t>(q));
    const ParentRows parents(mating, q, options.parents);
    const ParentSpace space(parents, options.parents - 1, bounds);
    for (std::size_t c = 0; c < options.children; ++c) {
      double* child = mating.child(options.children * q + c);
      if (child == nullptr) break;
      make_child(options, bounds, parents, space, draws, child);
    }
  }
}

}  // namespace millrace
