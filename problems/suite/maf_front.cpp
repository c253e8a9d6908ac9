#include "problems/suite/maf_front.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <span>
#include <stdexcept>
#include <vector>

#include "problems/suite/dtlz_front.hpp"
#include "problems/suite/maf_polygon.hpp"
#include "problems/suite/simplex_lattice.hpp"
#include "problems/suite/wfg_front.hpp"

namespace millrace {
namespace {

/// The rows of `points` that `place(row)` keeps, after it has changed them.
template <class Place>
Columns placed(const Columns& points, Place&& place) {
  const std::size_t m = points.columns();
  std::vector<double> row(m), kept;
  for (std::size_t i = 0; i < points.rows(); ++i) {
    for (std::size_t k = 0; k < m; ++k) row[k] = points(i, k);
    if (place(std::span<double>(row))) kept.insert(kept.end(), row.begin(), row.end());
  }
  Columns result(kept.size() / m, m);
  for (std::size_t i = 0; i < result.rows(); ++i)
    for (std::size_t k = 0; k < m; ++k) result(i, k) = kept[i * m + k];
  return result;
}

void to_sphere(std::span<double> w) {
  double squares = 0.0;
  for (const double value : w) squares += value * value;
  const double radius = std::sqrt(squares);
  for (double& value : w) value /= radius;
}

double power_of_two(std::size_t exponent) { return std::ldexp(1.0, static_cast<int>(exponent)); }

/// The cosines of the angles that unfold to direction `w`: cosine k - 1 divides the objectives before k from k.
void cosines_of(std::span<const double> w, std::span<double> cosines) {
  double radius = w[0];
  for (std::size_t k = 1; k < w.size(); ++k) {
    const double longer = std::hypot(radius, w[k]);
    cosines[k - 1] = longer > 0.0 ? radius / longer : std::numbers::sqrt2 / 2.0;
    radius = longer;
  }
}

Columns sphere_piece(std::size_t m, std::size_t count) {
  const double least = std::cos(0.375 * std::numbers::pi);
  const double greatest = std::cos(0.125 * std::numbers::pi);
  const bool drawn_in = m > 5;
  std::vector<double> cosines(m - 1);
  const auto place = [&](std::span<double> w) {
    cosines_of(w, cosines);
    w[0] = 1.0;
    for (std::size_t k = 1; k < m; ++k) {
      double cosine = cosines[k - 1];
      if (drawn_in) cosine = least + cosine * (greatest - least);
      else if (cosine < least || cosine > greatest) return false;
      for (std::size_t i = 0; i < k; ++i) w[i] *= cosine;
      w[k] = std::sqrt(1.0 - cosine * cosine);
    }
    return true;
  };
  if (drawn_in) return placed(simplex_lattice(m, count), place);
  return refined(count, [&](std::size_t size) { return placed(simplex_lattice(m, size), place); });
}

Columns convex_front(std::size_t m, std::size_t count) {
  return placed(simplex_lattice(m, count), [&](std::span<double> w) {
    w[m - 1] *= w[m - 1];
    double sum = 0.0;
    for (const double value : w) sum += value;
    for (double& value : w) value /= sum;
    for (std::size_t k = 0; k + 1 < m; ++k) w[k] *= w[k];
    return true;
  });
}

/// The sphere, or what it leaves of 1, with each objective multiplied by size(k).
template <class Size>
Columns sphere_front(std::size_t m, std::size_t count, bool turned_round, Size&& size) {
  return placed(simplex_lattice(m, count), [&](std::span<double> w) {
    to_sphere(w);
    for (std::size_t k = 0; k < m; ++k) w[k] = size(k) * (turned_round ? 1.0 - w[k] : w[k]);
    return true;
  });
}

/// Distances of the points of a square grid inside the polygon, from its vertices or the lines of its edges.
Columns polygon_front(std::size_t m, std::size_t count, bool edges) {
  const RegularPolygon polygon(m);
  const auto at_grid = [&](std::size_t size) {
    const std::size_t side = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size)))) + 1;
    std::vector<PlanePoint> inside;
    for (std::size_t cell = 0; cell < side * side; ++cell) {
      const auto coordinate = [&](std::size_t index) {
        return -1.0 + 2.0 * static_cast<double>(index) / static_cast<double>(side - 1);
      };
      const PlanePoint point = {coordinate(cell / side), coordinate(cell % side)};
      if (polygon.depth(point) > -1e-12) inside.push_back(point);  // the border, too
    }
    Columns points(inside.size(), m);
    for (std::size_t i = 0; i < inside.size(); ++i)
      for (std::size_t k = 0; k < m; ++k) {
        const auto [x, y] = inside[i];
        const auto [vx, vy] = polygon.vertex(k);
        const auto [nx, ny] = polygon.normal(k);
        points(i, k) = edges ? polygon.apothem() - (nx * x + ny * y) : std::hypot(x - vx, y - vy);
      }
    return points;
  };
  return refined(count, at_grid);
}

Columns pf7_front(std::size_t m, std::size_t count) {
  const Columns sphere = sphere_front(3, count, false, [](std::size_t) { return 1.0; });
  Columns points(sphere.rows(), m);
  for (std::size_t i = 0; i < points.rows(); ++i) {
    const double f1 = sphere(i, 0), f2 = sphere(i, 1), f3 = sphere(i, 2);
    for (std::size_t k = 0; k < m; ++k)
      points(i, k) = k < 3 ? sphere(i, k) : f1 * f1 + std::pow(f2, 10.0) + std::pow(f3, 10.0);
  }
  return points;
}

}  // namespace

Columns maf_front(int number, std::size_t m, std::size_t count) {
  const std::size_t least = number == 8 || number == 9 || number == 13 ? 3 : 2;
  if (m < least) throw std::invalid_argument(fmt::format("MaF{} needs at least {} objectives", number, least));
  switch (number) {
    case 1:
      return placed(simplex_lattice(m, count), [](std::span<double> w) {
        for (double& value : w) value = 1.0 - value;
        return true;
      });
    case 2: return sphere_piece(m, count);
    case 3: return convex_front(m, count);
    case 4: return sphere_front(m, count, true, [](std::size_t k) { return power_of_two(k + 1); });
    case 5: return sphere_front(m, count, false, [&](std::size_t k) { return power_of_two(m - k); });
    case 6: return degenerate_curve(m, count);
    case 7: return disconnected_sheets(m, count);
    case 8: return polygon_front(m, count, false);
    case 9: return polygon_front(m, count, true);
    case 10: return wfg1_front(simplex_lattice(m, count));
    case 11: return refined(count, [&](std::size_t size) { return wfg2_front(simplex_lattice(m, size)); });
    case 12: return sphere_front(m, count, false, [](std::size_t k) { return 2.0 * static_cast<double>(k + 1); });
    case 13: return pf7_front(m, count);
    case 14: return simplex_lattice(m, count);
    case 15: return sphere_front(m, count, true, [](std::size_t) { return 1.0; });
    default: throw std::invalid_argument(fmt::format("there is no MaF{}", number));
  }
}

}  // namespace millrace
