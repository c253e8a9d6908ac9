#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "engine/indicator/nondominated_subset.hpp"
#include "problems/suite/catalogue.hpp"
#include "problems/suite/maf_large.hpp"
#include "problems/suite/maf_polygon.hpp"
#include "problems/suite/reference_set.hpp"
#include "problems/suite/wfg.hpp"
#include "tests/unit/suite/evaluate_rows.hpp"
#include "tests/unit/suite/maf_front_equation.hpp"

using namespace millrace;

namespace {

constexpr double kPi = std::numbers::pi;

AnyProblem maf_problem(int number, std::size_t objectives) {
  return make_suite_problem("maf" + std::to_string(number), objectives);
}

/// Distance variable j (from 1) of d at the optimum that the position variables x choose, by the papers' equations.
double optimal_variable(int number, std::span<const double> x, std::size_t j, std::size_t m,
                        const std::vector<std::size_t>& sizes) {
  const double share = static_cast<double>(j) / static_cast<double>(x.size());
  if (number == 7) return 0.0;
  if (number == 11) return 0.35 * 2.0 * static_cast<double>(j);
  if (number == 13) return 2.0 * x[1] * std::sin(2.0 * kPi * x[0] + kPi * share);
  if (number == 15) return 10.0 * x[0] / (1.0 + std::cos(0.5 * kPi * share));
  if (number != 14) return 0.5;
  std::size_t end = m - 1, objective = 0;
  while (objective < m && (end += 2 * sizes[objective]) < j) ++objective;
  return (10.0 * x[0] + (objective % 2 == 1 ? 1.0 : 0.0)) / (1.0 + share);
}

/// Distances of WFG9 (MaF12), which each depend on those after them.
void set_wfg9_distances(std::span<double> z, std::size_t positions) {
  std::vector<double> y(z.size(), 0.35);
  double later = 0.35;
  for (std::size_t j = z.size() - 1; j-- > positions;) {
    const double u = later / static_cast<double>(z.size() - 1 - j);
    const double a = 0.98 / 49.98;
    y[j] = std::pow(0.35, 1.0 / (0.02 + 49.98 * (a - (1.0 - 2.0 * u) * std::fabs(std::floor(0.5 - u) + a))));
    later += y[j];
  }
  for (std::size_t j = positions; j < z.size(); ++j) z[j] = y[j] * 2.0 * static_cast<double>(j + 1);
}

/// 70 optimal solutions with random positions.
Population maf_optima(int number, std::size_t m) {
  const AnyProblem problem = maf_problem(number, m);
  Population pool = random_rows(problem, 70, 17);
  const std::vector<std::size_t> sizes =
      number == 14 ? MafLarge::group_sizes(m, pool.x.variables()) : std::vector<std::size_t>();
  for (Slot i = 0; i < pool.size(); ++i) {
    const auto x = pool.x.row(i);
    if (number == 12) set_wfg9_distances(x, m - 1);
    // Beyond, some Rosenbrock optima of 14 or more objectives are out of bounds.
    if (number == 14) x[0] *= 0.97;
    for (std::size_t j = number == 13 ? 3 : m; number != 12 && j <= x.size(); ++j)
      x[j - 1] = optimal_variable(number, x, j, m, sizes);
  }
  evaluate_rows(problem, pool);
  return pool;
}

std::vector<double> objectives_of(const Columns& f, std::size_t i) {
  std::vector<double> row;
  for (std::size_t k = 0; k < f.columns(); ++k) row.push_back(f(i, k));
  return row;
}

/// Whether a ray from `p` crosses the border of the polygon an odd number of times.
bool inside_by_ray(const std::vector<PlanePoint>& polygon, PlanePoint p) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const auto [xi, yi] = polygon[i];
    const auto [xj, yj] = polygon[j];
    if ((yi > p[1]) != (yj > p[1]) && p[0] < (xj - xi) * (p[1] - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/// Where the line through a and b meets that through c and d.
PlanePoint meeting(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint d) {
  const double s = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) /
                   ((b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0]));
  return {a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])};
}

/// The forbidden regions of MaF9 as the polygons that the paper builds: vertices h .. t and their images.
bool forbidden_by_polygons(const RegularPolygon& polygon, PlanePoint p) {
  const std::size_t m = polygon.size();
  const auto vertex = [&](std::size_t i) { return polygon.vertex(i % m); };
  std::vector<PlanePoint> whole;
  for (std::size_t i = 0; i < m; ++i) whole.push_back(vertex(i));
  if (inside_by_ray(whole, p)) return false;
  for (std::size_t h = 0; h < m; ++h)
    for (std::size_t t = h + 1; 2 * (t - h) + 2 < m; ++t) {
      const PlanePoint centre = meeting(vertex(h + m - 1), vertex(h), vertex(t), vertex(t + 1));
      std::vector<PlanePoint> region;
      for (std::size_t i = h; i <= t; ++i) region.push_back(vertex(i));
      for (std::size_t i = h; i <= t; ++i)
        region.push_back({2.0 * centre[0] - vertex(i)[0], 2.0 * centre[1] - vertex(i)[1]});
      if (inside_by_ray(region, p)) return true;
    }
  return false;
}

PlanePoint random_point(std::uint64_t& state, double size) {
  const auto next = [&] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return size * (2.0 * static_cast<double>(state >> 11) * 0x1p-53 - 1.0);
  };
  const double x = next();
  return {x, next()};
}

}  // namespace

TEST_CASE("optimal solutions of the MaF problems lie on the true front", "[suite][maf]") {
  for (const std::size_t m : {2, 3, 5, 8, 10, 15})
    for (const int number : {1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      if (m == 2 && number == 13) continue;
      INFO("maf" << number << " with " << m << " objectives");
      const Population pool = maf_optima(number, m);
      // To find the position of WFG2 from 15 objectives magnifies rounding.
      const double margin = number == 11 && m == 15 ? 1e-7 : 1e-9;
      for (Slot i = 0; i < pool.size(); ++i) CHECK(maf_front_error(number, objectives_of(pool.f, i)) < margin);
    }
}

// As for WFG1: the 50th root asks for a distance that is exactly 0, so there is one distance variable, whose optimum is
// a double where its range is a power of two.
TEST_CASE("optimal solutions of MaF10 lie on the true front", "[suite][maf]") {
  for (const std::size_t m : {2, 4, 8}) {
    const AnyProblem problem = Wfg("maf10", 1, m, m - 1, 1);
    Population pool = random_rows(problem, 70, 13);
    for (Slot i = 0; i < pool.size(); ++i) {
      for (std::size_t j = 0; j + 1 < m; ++j) {
        const double range = 2.0 * static_cast<double>(j + 1);
        pool.x.row(i)[j] = range * std::pow(0.1 + 0.8 * pool.x.row(i)[j] / range, 50.0);
      }
      pool.x.row(i)[m - 1] = 2.0 * static_cast<double>(m) * 0.35;
    }
    evaluate_rows(problem, pool);
    for (Slot i = 0; i < pool.size(); ++i) CHECK(maf_front_error(10, objectives_of(pool.f, i)) < 1e-9);
  }
}

TEST_CASE("points of the polygon are optimal in MaF8 and MaF9, others are not", "[suite][maf]") {
  for (const std::size_t m : {3, 4, 5, 6, 7, 8, 10, 15}) {
    const RegularPolygon polygon(m);
    const PolygonEdges edges("maf9", m);
    const Columns fronts[] = {reference_set("maf8", m, 3000), reference_set("maf9", m, 3000)};
    Population points(200, {2, m, 0});
    std::uint64_t state = m;
    for (Slot i = 0; i < points.size(); ++i) {
      PlanePoint p = random_point(state, 2.5);
      while (edges.forbidden(p)) p = random_point(state, 2.5);
      std::copy(p.begin(), p.end(), points.x.row(i).begin());
    }
    for (const int number : {8, 9}) {
      INFO("maf" << number << " with " << m << " objectives");
      const Columns& front = fronts[number - 8];
      evaluate_rows(maf_problem(number, m), points);
      for (Slot i = 0; i < points.size(); ++i) {
        const double depth = polygon.depth({points.x.row(i)[0], points.x.row(i)[1]});
        if (std::fabs(depth) < 0.05) continue;
        double least_excess = 1e9;  // of the front's point that is worst by the least
        for (std::size_t r = 0; r < front.rows(); ++r) {
          double excess = -1e9;
          for (std::size_t k = 0; k < m; ++k) excess = std::max(excess, front(r, k) - points.f(i, k));
          least_excess = std::min(least_excess, excess);
        }
        if (depth > 0.0) CHECK(least_excess >= -1e-12);
        else CHECK(least_excess < 0.03);  // the grid is that fine
        if (depth > 0.0 && number == 9) CHECK(maf_front_error(9, objectives_of(points.f, i)) < 1e-12);
      }
    }
  }
}

TEST_CASE("the forbidden regions of MaF9 are the polygons of the paper", "[suite][maf]") {
  for (const std::size_t m : {3, 4, 5, 6, 7, 8, 9, 10, 15}) {
    INFO(m << " objectives");
    const PolygonEdges problem("maf9", m);
    const RegularPolygon polygon(m);
    std::uint64_t state = m;
    std::size_t met = 0, different = 0;
    for (std::size_t i = 0; i < 3000; ++i) {
      const PlanePoint p = random_point(state, i % 2 == 0 ? 2.0 : 12.0);
      const bool expected = forbidden_by_polygons(polygon, p);
      met += expected;
      different += expected != problem.forbidden(p);
    }
    CHECK(different == 0);
    CHECK((met > 0) == (m >= 5));
  }
}

TEST_CASE("repair of MaF9 leaves the forbidden regions, and only them", "[suite][maf]") {
  const AnyProblem problem = maf_problem(9, 7);
  const PolygonEdges edges("maf9", 7);
  REQUIRE(problem.repairs());
  Tile tile(2);
  DecisionRows rows(kLanes, 2);
  std::vector<Slot> slots;
  std::uint64_t state = 1;
  for (Slot i = 0; i < kLanes; ++i) {
    const PlanePoint p = random_point(state, i == 0 ? 1e4 : 3.0);
    std::copy(p.begin(), p.end(), rows.row(i).begin());
    slots.push_back(i);
  }
  rows.row(5)[0] = std::nan("");
  tile.gather(rows, slots);
  Scratch scratch;
  problem.repair(tile, scratch);
  std::size_t moved = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const PlanePoint before = {rows.row(static_cast<Slot>(lane))[0], rows.row(static_cast<Slot>(lane))[1]};
    const PlanePoint after = {tile.column(0)[lane], tile.column(1)[lane]};
    CHECK_FALSE(edges.forbidden(after));
    CHECK(std::fabs(after[1]) <= 1e4);
    if (edges.forbidden(before)) {
      ++moved;
      CHECK(after != before);
    } else if (lane != 5) {
      CHECK(after == before);
    }
  }
  CHECK(moved > 5);
  Tile again(2);
  again.gather(rows, std::span(slots).subspan(0, 40));
  problem.repair(again, scratch);
  for (std::size_t lane = 0; lane < 40; ++lane)
    if (lane != 5) CHECK(again.column(0)[lane] == tile.column(0)[lane]);
}

TEST_CASE("groups of the large MaF problems follow the logistic map", "[suite][maf]") {
  CHECK(MafLarge::group_sizes(3, 60) == std::vector<std::size_t>{5, 14, 8});
  CHECK(MafLarge::group_sizes(2, 40) == std::vector<std::size_t>{5, 13});
  for (std::size_t m = 2; m <= 15; ++m) {
    const auto sizes = MafLarge::group_sizes(m, 20 * m);
    std::size_t used = 0;
    for (const std::size_t size : sizes) used += 2 * size;
    CHECK(used + m - 1 <= 20 * m);
    CHECK(used + m - 1 + 2 * m > 20 * m);
  }
  CHECK_THROWS_AS(make_suite_problem("maf14", 5, 10), std::invalid_argument);
  CHECK_THROWS_AS(make_suite_problem("maf15", 5, 3), std::invalid_argument);
}
