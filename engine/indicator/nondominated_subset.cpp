#include "engine/indicator/nondominated_subset.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace millrace {
namespace {

bool has_nan(const Columns& points, Slot row) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    if (std::isnan(points(row, k))) return true;
  return false;
}

bool before(const Columns& points, Slot a, Slot b) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    if (points(a, k) != points(b, k)) return points(a, k) < points(b, k);
  return a < b;
}

bool nowhere_worse(const Columns& points, Slot a, Slot b) {
  for (std::size_t k = 0; k < points.columns(); ++k)
    if (points(a, k) > points(b, k)) return false;
  return true;
}

}  // namespace

std::vector<Slot> nondominated_subset(const Columns& points) {
  std::vector<Slot> order;
  for (Slot row = 0; row < points.rows(); ++row)
    if (!has_nan(points, row)) order.push_back(row);
  std::sort(order.begin(), order.end(), [&](Slot a, Slot b) { return before(points, a, b); });
  // In lexicographic order only an earlier row can be nowhere worse, so the kept rows are final.
  std::vector<Slot> kept;
  for (const Slot row : order) {
    const auto covers = [&](Slot other) { return nowhere_worse(points, other, row); };
    if (std::none_of(kept.rbegin(), kept.rend(), covers)) kept.push_back(row);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace millrace
