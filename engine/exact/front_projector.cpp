#include "engine/exact/front_projector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/exact/dual_bound.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Far above the tolerance of the solver, far below any trade-off that a planner would see.
constexpr double kImprovementWeight = 1e-4;

std::vector<double> scale_of(const LinearForm& form, std::span<const double> range) {
  if (const std::string error = form.error(); !error.empty()) throw std::invalid_argument(error);
  if (range.size() != form.objectives())
    throw std::invalid_argument(fmt::format("{} ranges for {} objectives", range.size(), form.objectives()));
  std::vector<double> scale;
  for (const double width : range) {
    if (!(width >= 0.0 && std::isfinite(width))) throw std::invalid_argument("a range is finite and not negative");
    scale.push_back(width > 0.0 ? width : 1.0);
  }
  return scale;
}

/// The form, the column t, a slack e_k an objective, and the rows (f_k - constant) / scale + e_k - t = right side.
LinearProgram scalarised(const LinearForm& form, std::span<const double> scale) {
  LinearProgram program = LinearProgram::from(form);
  const std::size_t distance = program.add_column(-kInfinity, kInfinity);
  for (std::size_t k = 0; k < form.objectives(); ++k) program.add_column(0.0, kInfinity);
  for (std::size_t k = 0; k < form.objectives(); ++k) {
    const auto columns = form.objective_terms.columns(k);
    for (std::size_t e = 0; e < columns.size(); ++e)
      program.rows.put(columns[e], form.objective_terms.coefficients(k)[e] / scale[k]);
    program.rows.put(distance, -1.0);
    program.rows.put(distance + 1 + k, 1.0);
    program.close_row(0.0, 0.0);
  }
  return program;
}

}  // namespace

std::vector<double> even_direction(std::span<const double> range) {
  std::vector<double> direction;
  for (const double width : range) direction.push_back(width > 0.0 ? 1.0 : 0.0);
  if (std::ranges::count(direction, 0.0) == std::ssize(direction)) std::ranges::fill(direction, 1.0);
  return direction;
}

FrontProjector::FrontProjector(const LinearForm& form, std::span<const double> range, Improvement improvement)
    : form_(form), scale_(scale_of(form, range)), even_(even_direction(range)), direction_(form.objectives(), 1.0),
      improvement_(improvement), distance_column_(form.columns.size()), solver_(scalarised(form, scale_)) {
  projection_.objectives.resize(form.objectives());
  projection_.weights.resize(form.objectives());
  projection_.decisions.resize(form.decisions.size());
  solver_.set_cost(distance_column_, 1.0);
  if (improvement_ == Improvement::together)
    for (std::size_t k = 0; k < form.objectives(); ++k) solver_.set_cost(slack_column(k), -kImprovementWeight);
}

const Projection& FrontProjector::project(std::span<const double> from) { return project(from, even_); }

const Projection& FrontProjector::project(std::span<const double> from, std::span<const double> direction) {
  set_line(from, direction);
  minimise_distance();
  read_bound(from);
  if (improvement_ == Improvement::afterwards) improve_rest();
  read_solution();
  return projection_;
}

void FrontProjector::set_line(std::span<const double> from, std::span<const double> direction) {
  for (std::size_t k = 0; k < scale_.size(); ++k) {
    if (!std::isfinite(from[k])) throw std::invalid_argument("a line starts at finite objectives");
    const double right = (from[k] - form_.objective_constants[k]) / scale_[k];
    solver_.set_row_bounds(objective_row(k), right, right);
    if (direction[k] == direction_[k]) continue;
    direction_[k] = direction[k];
    solver_.set_coefficient(objective_row(k), distance_column_, -direction[k]);
  }
}

void FrontProjector::minimise_distance() {
  ++programs_;
  const LpStatus status = solver_.solve_dual();
  if (status != LpStatus::optimal)
    throw std::runtime_error(fmt::format("projection to the front: the program is {}", name_of(status)));
  projection_.distance = solver_.columns()[distance_column_];
}

void FrontProjector::improve_rest() {
  ++programs_;
  solver_.keep_basis();
  solver_.set_bounds(distance_column_, -kInfinity, projection_.distance);
  solver_.set_cost(distance_column_, 0.0);
  for (std::size_t k = 0; k < scale_.size(); ++k) solver_.set_cost(slack_column(k), -1.0);
  const LpStatus status = solver_.solve_primal();
  solver_.set_bounds(distance_column_, -kInfinity, kInfinity);
  solver_.set_cost(distance_column_, 1.0);
  for (std::size_t k = 0; k < scale_.size(); ++k) solver_.set_cost(slack_column(k), 0.0);
  if (status != LpStatus::optimal)
    throw std::runtime_error(fmt::format("improvement along the front: the program is {}", name_of(status)));
}

void FrontProjector::read_bound(std::span<const double> from) {
  double along = 0.0;
  double start = 0.0;
  for (std::size_t k = 0; k < scale_.size(); ++k) {
    const double weight = std::max(0.0, -solver_.row_duals()[objective_row(k)]) / scale_[k];
    projection_.weights[k] = weight;
    along += weight * direction_[k] * scale_[k];
    start += weight * from[k];
  }
  projection_.offset = dual_bound(form_, projection_.weights, solver_.row_duals().first(form_.rows.size()), reduced_);
  projection_.distance_bound = along > 0.0 ? (projection_.offset - start) / along : -kInfinity;
}

void FrontProjector::read_solution() {
  const auto values = solver_.columns().first(form_.columns.size());
  for (std::size_t k = 0; k < scale_.size(); ++k) projection_.objectives[k] = form_.objective(k, values);
  for (std::size_t j = 0; j < form_.decisions.size(); ++j) {
    const auto& column = form_.columns[form_.decisions[j]];
    projection_.decisions[j] = std::clamp(values[form_.decisions[j]], column.lower, column.upper);
  }
  if (improvement_ == Improvement::afterwards) solver_.return_to_kept_basis();
}

}  // namespace millrace
