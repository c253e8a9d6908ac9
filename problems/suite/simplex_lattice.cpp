#include "problems/suite/simplex_lattice.hpp"

#include <algorithm>
#include <vector>

namespace millrace {
namespace {

/// C(m - 1 + h, h), or something above `most` where it is above.
std::size_t lattice_count(std::size_t m, std::size_t h, std::size_t most) {
  const std::size_t factors = std::min(h, m - 1);
  double count = 1.0;
  for (std::size_t i = 1; i <= factors && count <= static_cast<double>(most); ++i)
    count *= static_cast<double>(m - 1 + h - factors + i) / static_cast<double>(i);
  return count > static_cast<double>(most) + 0.5 ? most + 1 : static_cast<std::size_t>(count + 0.5);
}

/// Divisions of the largest lattice of at most `most` points.
std::size_t divisions_for(std::size_t m, std::size_t most) {
  std::size_t h = 0;
  while (lattice_count(m, h + 1, most) <= most && h + 1 <= most) ++h;
  return h;
}

/// Writes all points from row `row` on as shrink w + (1 - shrink) / m.
void write_lattice(std::size_t h, double shrink, std::size_t row, std::size_t count, Columns& points) {
  const std::size_t m = points.columns();
  std::vector<std::size_t> parts(m, 0);
  parts.back() = h;
  const double centre = (1.0 - shrink) / static_cast<double>(m);
  for (std::size_t i = 0; i < count; ++i, ++row) {
    for (std::size_t k = 0; k < m; ++k)
      points(row, k) = shrink * (static_cast<double>(parts[k]) / static_cast<double>(h)) + centre;
    // The next composition: what the last part holds goes back but for one, which the part before it receives.
    std::size_t k = m - 1;
    while (k > 0 && parts[k] == 0) --k;
    if (k == 0) break;
    const std::size_t held = parts[k];
    parts[k] = 0;
    ++parts[k - 1];
    parts[m - 1] = held - 1;
  }
}

}  // namespace

Columns simplex_lattice(std::size_t m, std::size_t most) {
  const std::size_t outer = m == 1 ? 1 : std::max<std::size_t>(divisions_for(m, most), 1);
  const std::size_t outer_count = lattice_count(m, outer, std::max(m, most));
  std::size_t inner_count = 0, inner = 0;
  if (outer < m && most > outer_count && m > 1) {
    inner = divisions_for(m, most - outer_count);
    if (inner > 0) inner_count = lattice_count(m, inner, most);
  }
  Columns points(outer_count + inner_count, m);
  write_lattice(outer, 1.0, 0, outer_count, points);
  if (inner_count > 0) write_lattice(inner, 0.5, outer_count, inner_count, points);
  return points;
}

}  // namespace millrace
