#include "engine/indicator/hypervolume_sweeps.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <map>

namespace millrace {
namespace {

void sort_by(const Columns& points, std::size_t objective, std::vector<std::uint32_t>& rows) {
  const double* values = points.column_data(objective);
  std::sort(rows.begin(), rows.end(),
            [&](auto a, auto b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
}

// Area below the reference that is gained when (x, y) joins a staircase of x to y; drops the corners it dominates.
double join(std::map<double, double>& stairs, double x, double y) {
  auto next = stairs.upper_bound(x);
  double height = std::prev(next)->second;
  if (height <= y) return 0.0;
  double gained = 0.0;
  double from = x;
  while (height > y) {
    gained += (next->first - from) * (height - y);
    from = next->first;
    height = next->second;
    if (height >= y) next = stairs.erase(next);
  }
  stairs.insert_or_assign(x, y);
  return gained;
}

}  // namespace

double hypervolume_of_one(const Columns& points, std::span<const double> reference,
                          std::span<const std::uint32_t> rows) {
  double lowest = reference[0];
  for (const auto i : rows) lowest = std::min(lowest, points(i, 0));
  return reference[0] - lowest;
}

double hypervolume_of_two(const Columns& points, std::span<const double> reference, std::vector<std::uint32_t> rows) {
  sort_by(points, 0, rows);
  double sum = 0.0;
  double lowest = reference[1];
  for (const auto i : rows) {
    if (points(i, 1) >= lowest) continue;
    sum += (reference[0] - points(i, 0)) * (lowest - points(i, 1));
    lowest = points(i, 1);
  }
  return sum;
}

double hypervolume_of_three(const Columns& points, std::span<const double> reference, std::vector<std::uint32_t> rows) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  sort_by(points, 2, rows);
  // The ends: everything left of the points is as high as the reference, everything right of it is done.
  std::map<double, double> stairs{{-kInfinity, reference[1]}, {reference[0], -kInfinity}};
  double sum = 0.0;
  for (const auto i : rows) sum += join(stairs, points(i, 0), points(i, 1)) * (reference[2] - points(i, 2));
  return sum;
}

}  // namespace millrace
