#include "engine/exact/certificate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/exact/front_projector.hpp"
#include "engine/exact/neighbour_order.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Points that share a solver.
constexpr std::size_t kBlock = 32;
// A share of the way to the ideal point that is less counts as none: nothing is left to improve in that objective.
constexpr double kAtIdeal = 1e-6;

/// Rows with finite values throughout, in an order where neighbours follow one another.
std::vector<std::uint32_t> finite_rows_in_order(const Columns& points) {
  std::vector<std::uint32_t> finite;
  for (std::uint32_t i = 0; i < points.rows(); ++i) {
    bool all = true;
    for (std::size_t k = 0; k < points.columns(); ++k) all = all && std::isfinite(points(i, k));
    if (all) finite.push_back(i);
  }
  Columns values(finite.size(), points.columns());
  for (std::size_t k = 0; k < points.columns(); ++k)
    for (std::size_t i = 0; i < finite.size(); ++i) values(i, k) = points(finite[i], k);
  std::vector<std::uint32_t> order = neighbour_order(values);
  for (std::uint32_t& row : order) row = finite[row];
  return order;
}

/// Share by which the solution improves on the point in every objective that the direction moves.
double improvement_of(const Projection& met, std::span<const double> from, std::span<const double> direction,
                      std::span<const double> range) {
  double share = kInfinity;
  for (std::size_t k = 0; k < from.size(); ++k)
    if (direction[k] > 0.0)
      share = std::min(share, (from[k] - met.objectives[k]) / (direction[k] * (range[k] > 0.0 ? range[k] : 1.0)));
  return share;
}

double largest_improvement_of(const Projection& met, std::span<const double> from, std::span<const double> range) {
  double largest = 0.0;
  for (std::size_t k = 0; k < from.size(); ++k)
    if (range[k] > 0.0) largest = std::max(largest, (from[k] - met.objectives[k]) / range[k]);
  return largest;
}

/// `direction_of(from, direction)` fills the direction of a point, as shares of the range.
template <class DirectionOf>
Certificate certify_along(const LinearForm& form, std::span<const double> range, const Columns& points,
                          Workers& workers, DirectionOf direction_of) {
  const std::size_t n = points.rows();
  const std::size_t m = points.columns();
  const std::vector<double> infinite(n, kInfinity);
  Certificate certificate{infinite, infinite, infinite, points, DecisionRows(n, form.decisions.size())};
  const std::vector<std::uint32_t> order = finite_rows_in_order(points);
  std::vector<std::size_t> programs((order.size() + kBlock - 1) / kBlock, 0);
  workers.for_blocks(order.size(), kBlock, [&](std::size_t begin, std::size_t end) {
    FrontProjector projector(form, range, Improvement::afterwards);
    std::vector<double> from(m);
    std::vector<double> direction(m);
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t row = order[i];
      for (std::size_t k = 0; k < m; ++k) from[k] = points(row, k);
      direction_of(from, direction);
      const Projection& met = projector.project(from, direction);
      certificate.gap[row] = improvement_of(met, from, direction, range);
      certificate.bound[row] = -met.distance_bound;
      certificate.largest_improvement[row] = largest_improvement_of(met, from, range);
      for (std::size_t k = 0; k < m; ++k) certificate.objectives(row, k) = met.objectives[k];
      std::ranges::copy(met.decisions, certificate.decisions.row(row).begin());
    }
    programs[begin / kBlock] = projector.programs();
  });
  for (const std::size_t count : programs) certificate.programs += count;
  return certificate;
}

}  // namespace

Certificate certify(const LinearForm& form, std::span<const double> range, const Columns& points, Workers& workers) {
  const std::vector<double> even = even_direction(range);
  return certify_along(form, range, points, workers, [&](std::span<const double>, std::span<double> direction) {
    std::ranges::copy(even, direction.begin());
  });
}

Certificate polish(const LinearForm& form, std::span<const double> ideal, std::span<const double> range,
                   const Columns& points, Workers& workers) {
  const std::vector<double> even = even_direction(range);
  return certify_along(form, range, points, workers, [&](std::span<const double> from, std::span<double> direction) {
    for (std::size_t k = 0; k < direction.size(); ++k) {
      const double share = range[k] > 0.0 ? (from[k] - ideal[k]) / range[k] : 0.0;
      direction[k] = share > kAtIdeal ? share : 0.0;
    }
    // The ideal point itself has no way to go: any direction confirms it.
    if (std::ranges::max(direction) == 0.0) std::ranges::copy(even, direction.begin());
  });
}

}  // namespace millrace
