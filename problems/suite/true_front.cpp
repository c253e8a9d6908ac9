#include "problems/suite/true_front.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/random/philox.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/constrained_dtlz.hpp"
#include "problems/suite/dtlz.hpp"

namespace millrace {
namespace {

enum class Surface { plane, sphere, convex, c3_planes, c3_ellipsoids };
enum class Size { equal, scaled_dtlz1, scaled_dtlz2, wfg };

struct KnownFront {
  std::string_view name;
  Surface surface;
  Size size = Size::equal;
  std::optional<DtlzConstraint> hole = {};
};

constexpr KnownFront kKnownFronts[] = {
    {"dtlz1", Surface::plane},
    {"dtlz2", Surface::sphere},
    {"dtlz3", Surface::sphere},
    {"dtlz4", Surface::sphere},
    {"convex-dtlz2", Surface::convex},
    {"scaled-dtlz1", Surface::plane, Size::scaled_dtlz1},
    {"scaled-dtlz2", Surface::sphere, Size::scaled_dtlz2},
    {"c1-dtlz1", Surface::plane},
    {"c1-dtlz3", Surface::sphere},
    {"c2-dtlz2", Surface::sphere, Size::equal, DtlzConstraint::c2_dtlz2},
    {"convex-c2-dtlz2", Surface::convex, Size::equal, DtlzConstraint::convex_c2_dtlz2},
    {"c3-dtlz1", Surface::c3_planes},
    {"c3-dtlz4", Surface::c3_ellipsoids},
    {"wfg4", Surface::sphere, Size::wfg},
    {"wfg5", Surface::sphere, Size::wfg},
    {"wfg6", Surface::sphere, Size::wfg},
    {"wfg7", Surface::sphere, Size::wfg},
    {"wfg8", Surface::sphere, Size::wfg},
    {"wfg9", Surface::sphere, Size::wfg},
};

const KnownFront* find_front(std::string_view name) {
  const std::string_view entry = suite_entry(name).name;
  const auto* found =
      std::find_if(std::begin(kKnownFronts), std::end(kKnownFronts), [&](const auto& f) { return f.name == entry; });
  return found == std::end(kKnownFronts) ? nullptr : found;
}

/// Factor s for which s w lies on the surface.
double distance_along(Surface surface, std::span<const double> w) {
  double sum = 0.0, squares = 0.0, roots = 0.0;
  for (const double value : w) {
    sum += value;
    squares += value * value;
    roots += std::sqrt(value);
  }
  const auto [least, greatest] = std::minmax_element(w.begin(), w.end());
  switch (surface) {
    case Surface::plane: return 0.5 / sum;
    case Surface::sphere: return 1.0 / std::sqrt(squares);
    case Surface::convex: {  // sum_{i<M} sqrt(s w_i) + s w_M = 1, a quadratic in sqrt(s)
      const double linear = roots - std::sqrt(w.back());
      const double root = 2.0 / (linear + std::sqrt(linear * linear + 4.0 * w.back()));
      return root * root;
    }
    case Surface::c3_planes: return 1.0 / (sum + *least);
    case Surface::c3_ellipsoids: return 1.0 / std::sqrt(squares - 0.75 * *greatest * *greatest);
  }
  return 0.0;
}

std::vector<double> objective_sizes(Size size, std::size_t objectives) {
  std::vector<double> sizes(objectives, 1.0);
  for (std::size_t k = 0; k < objectives; ++k) {
    const double index = static_cast<double>(k);
    if (size == Size::wfg) sizes[k] = 2.0 * (index + 1.0);
    if (size == Size::scaled_dtlz1) sizes[k] = std::pow(dtlz_scale_base(1, objectives), index);
    if (size == Size::scaled_dtlz2) sizes[k] = std::pow(dtlz_scale_base(2, objectives), index);
  }
  return sizes;
}

void check_direction(std::span<const double> w, std::size_t row) {
  double sum = 0.0;
  bool possible = true;
  for (const double value : w) {
    possible = possible && value >= 0.0 && std::isfinite(value);
    sum += value;
  }
  if (!possible || !(sum > 0.0))
    throw std::invalid_argument(
        fmt::format("direction {} must have finite entries of at least 0, and not only zeros", row + 1));
}

/// The rows of `points` that satisfy the constraint.
Columns feasible_rows(DtlzConstraint constraint, const Columns& points) {
  Outcome outcome(points.columns(), 1);
  std::vector<std::size_t> kept;
  for (std::size_t begin = 0; begin < points.rows(); begin += kLanes) {
    for (std::size_t k = 0; k < points.columns(); ++k)  // columns are padded to whole tiles
      std::copy_n(points.column_data(k) + begin, kLanes, outcome.objective(k));
    constrain_dtlz(constraint, outcome);
    for (std::size_t lane = 0; lane < kLanes && begin + lane < points.rows(); ++lane)
      if (outcome.constraint(0)[lane] <= 0.0) kept.push_back(begin + lane);
  }
  Columns result(kept.size(), points.columns());
  for (std::size_t k = 0; k < points.columns(); ++k)
    for (std::size_t i = 0; i < kept.size(); ++i) result(i, k) = points(kept[i], k);
  return result;
}

}  // namespace

bool has_front_along_directions(std::string_view name) { return find_front(name) != nullptr; }

Columns front_along_directions(std::string_view name, const Columns& directions) {
  const KnownFront* front = find_front(name);
  if (front == nullptr)
    throw std::invalid_argument(
        fmt::format("the true front of {} along directions is not known", suite_entry(name).name));
  const std::size_t objectives = directions.columns();
  if (objectives < 2) throw std::invalid_argument("directions need at least 2 objectives");
  const std::vector<double> sizes = objective_sizes(front->size, objectives);
  std::vector<double> w(objectives);
  Columns points(directions.rows(), objectives);
  for (std::size_t i = 0; i < directions.rows(); ++i) {
    for (std::size_t k = 0; k < objectives; ++k) w[k] = directions(i, k);
    check_direction(w, i);
    const double distance = distance_along(front->surface, w);
    for (std::size_t k = 0; k < objectives; ++k) points(i, k) = distance * w[k] * sizes[k];
  }
  return front->hole ? feasible_rows(*front->hole, points) : points;
}

Columns sphere_points(std::size_t m, std::size_t count, std::uint64_t seed) {
  Columns points(count, m);
  for (std::size_t i = 0; i < count; ++i) {
    RowDraws draws({seed, 0, Stage::problem}, static_cast<std::uint32_t>(i));
    double squares = 0.0;
    // Box and Muller: independent normal coordinates, whose direction is uniform on the sphere.
    for (std::size_t k = 0; k < m; k += 2) {
      const double radius = std::sqrt(-2.0 * std::log(1.0 - draws.next_double()));
      const double angle = 2.0 * std::numbers::pi * draws.next_double();
      const double pair[] = {std::fabs(radius * std::cos(angle)), std::fabs(radius * std::sin(angle))};
      for (std::size_t side = 0; side < 2 && k + side < m; ++side) {
        points(i, k + side) = pair[side];
        squares += pair[side] * pair[side];
      }
    }
    const double norm = std::sqrt(squares);
    for (std::size_t k = 0; k < m; ++k) points(i, k) /= norm;
  }
  return points;
}

}  // namespace millrace
