#include "problems/suite/maf_polygon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "engine/random/philox.hpp"
#include "problems/suite/position.hpp"

namespace millrace {
namespace {

constexpr double kBound = 10000.0;

ProblemSpec polygon_spec(std::string name, std::size_t objectives) {
  if (objectives < 3) throw std::invalid_argument(fmt::format("{} needs at least 3 objectives", name));
  return suite_spec(std::move(name), Bounds(2, -kBound, kBound), objectives);
}

PlanePoint on_circle(double turns) {
  const double angle = 2.0 * std::numbers::pi * (0.25 - turns);
  return {std::cos(angle), std::sin(angle)};
}

double cross(PlanePoint p, PlanePoint q) { return p[0] * q[1] - p[1] * q[0]; }

/// The point that attempt `attempt` puts in the place of `point`.
PlanePoint drawn_from(PlanePoint point, std::uint32_t attempt) {
  const auto x = std::bit_cast<std::uint64_t>(point[0]);
  const auto y = std::bit_cast<std::uint64_t>(point[1]);
  const auto half = [](std::uint64_t word, int shift) { return static_cast<std::uint32_t>(word >> shift); };
  const auto w = philox4x32_10({half(x, 0), half(x, 32), half(y, 0), half(y, 32)},
                               {attempt, static_cast<std::uint32_t>(Stage::problem)});
  const auto coordinate = [&](std::size_t i) {
    return kBound * (2.0 * unit_double(w[2 * i] | std::uint64_t{w[2 * i + 1]} << 32) - 1.0);
  };
  return {coordinate(0), coordinate(1)};
}

}  // namespace

RegularPolygon::RegularPolygon(std::size_t vertices) {
  const double size = static_cast<double>(vertices);
  apothem_ = std::cos(std::numbers::pi / size);
  for (std::size_t i = 1; i <= vertices; ++i) {
    vertices_.push_back(on_circle(static_cast<double>(i) / size));
    normals_.push_back(on_circle((static_cast<double>(i) + 0.5) / size));
  }
}

double RegularPolygon::depth(PlanePoint point) const {
  double least = std::numeric_limits<double>::infinity();
  for (const PlanePoint& n : normals_) {
    const double distance = apothem_ - (n[0] * point[0] + n[1] * point[1]);
    least = distance >= least ? least : distance;  // NaN stays
  }
  return least;
}

PolygonVertices::PolygonVertices(std::string name, std::size_t objectives)
    : polygon_(objectives), spec_(polygon_spec(std::move(name), objectives)) {}

void PolygonVertices::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  const double* x = tile.column(0);
  const double* y = tile.column(1);
  for (std::size_t k = 0; k < polygon_.size(); ++k) {
    const auto [px, py] = polygon_.vertex(k);
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double dx = x[lane] - px;
      const double dy = y[lane] - py;
      f[lane] = std::sqrt(dx * dx + dy * dy);
    }
  }
}

PolygonEdges::PolygonEdges(std::string name, std::size_t objectives)
    : polygon_(objectives), spec_(polygon_spec(std::move(name), objectives)) {
  const std::size_t span = (objectives + 1) / 2 - 2;  // fewer edges between two whose lines meet behind them
  for (std::size_t head = 0; head < objectives; ++head)
    for (std::size_t tail = head + 1; tail <= head + span; ++tail) regions_.push_back(region(head, tail));
}

PolygonEdges::Region PolygonEdges::region(std::size_t head, std::size_t tail) const {
  const std::size_t m = polygon_.size();
  // The lines meet where both normals reach the apothem.
  const PlanePoint& before = polygon_.normal((head + m - 1) % m);
  const PlanePoint& after = polygon_.normal(tail % m);
  const double scale = polygon_.apothem() / cross(before, after);
  const PlanePoint centre = {scale * (after[1] - before[1]), scale * (before[0] - after[0])};
  const PlanePoint& first = polygon_.vertex(head);
  const PlanePoint& last = polygon_.vertex(tail % m);
  const PlanePoint u = {first[0] - centre[0], first[1] - centre[1]};
  const PlanePoint v = {last[0] - centre[0], last[1] - centre[1]};
  const double area = cross(u, v);
  return {centre, {v[1] / area, -v[0] / area}, {-u[1] / area, u[0] / area}};
}

bool PolygonEdges::forbidden(PlanePoint point) const {
  const bool inside = std::any_of(regions_.begin(), regions_.end(), [&](const Region& r) {
    const double dx = point[0] - r.centre[0];
    const double dy = point[1] - r.centre[1];
    if (!(std::fabs(r.a[0] * dx + r.a[1] * dy) + std::fabs(r.b[0] * dx + r.b[1] * dy) <= 1.0)) return false;
    return polygon_.depth({r.centre[0] - dx, r.centre[1] - dy}) <= 0.0;
  });
  return inside && polygon_.depth(point) < 0.0;
}

void PolygonEdges::evaluate(const Tile& tile, Outcome& outcome, Scratch&) const {
  const double* x = tile.column(0);
  const double* y = tile.column(1);
  const double apothem = polygon_.apothem();
  for (std::size_t k = 0; k < polygon_.size(); ++k) {
    const auto [nx, ny] = polygon_.normal(k);
    double* f = outcome.objective(k);
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] = std::fabs(nx * x[lane] + ny * y[lane] - apothem);
  }
}

void PolygonEdges::repair(Tile& tile, Scratch&) const {
  double* x = tile.column(0);
  double* y = tile.column(1);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const PlanePoint given = {x[lane], y[lane]};
    PlanePoint point = given;
    for (std::uint32_t attempt = 1; forbidden(point); ++attempt) point = drawn_from(given, attempt);
    x[lane] = point[0];
    y[lane] = point[1];
  }
}

}  // namespace millrace
