#include "problems/park/flow_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

void FlowProgram::update(const MovingRow& row) {
  const double constant = add_row(row);
  for (const std::size_t column : touched_) solver_->set_coefficient(row.row, column, dense_[column]);
  clear_terms();
  solver_->set_row_bounds(row.row, -kInfinity, row.most - constant);
}

void FlowProgram::aim(std::size_t objective, std::span<const double> limits) {
  aimed_ = objective;
  for (MovingRow& row : moving_)
    if (row.kind == RowKind::objective) {
      row.scale = 1.0;
      add_row(row);
      double most = 0.0;
      for (const std::size_t column : touched_)
        if (column < first_change_) most = std::max(most, std::abs(dense_[column]));
      clear_terms();
      row.scale = most > 0.0 ? most : 1.0;
      row.most = limits[row.index] / row.scale;
      if (row.index == aimed_) aimed_scale_ = row.scale;
    }
}

std::optional<ParkPoint> FlowProgram::solve(const ParkPoint& point, double change) {
  const ParkNetwork& network = system_.network;
  point_ = point;
  std::fill(outflow_.begin(), outflow_.end(), 0.0);
  for (std::size_t a = 0; a < network.arcs.size(); ++a) outflow_[network.arcs[a].port] += point.design.arcs[a];
  for (const MovingRow& row : moving_) update(row);
  const double constant = add_objective(aimed_) / aimed_scale_;
  for (std::size_t column = 0; column < first_change_; ++column) solver_->set_cost(column, 0.0);
  const std::size_t end = first_change_ + (network.ports() - system_.park.sources.size()) * contaminants_;
  for (std::size_t column = first_change_; column < end; ++column) solver_->set_cost(column, 0.0);
  for (const std::size_t column : touched_) solver_->set_cost(column, dense_[column] / aimed_scale_);
  clear_terms();
  for (std::size_t p = system_.park.sources.size(); p < network.ports(); ++p)
    for (std::size_t k = 0; k < contaminants_; ++k) {
      const double most = most_conc(p, k);
      const double now = most > 0.0 ? point.conc[p * contaminants_ + k] / most : 0.0;
      const double lower = change > 0.0 && most > 0.0 ? std::max(-change, -now) : 0.0;
      const double upper = change > 0.0 && most > 0.0 ? std::clamp(1.0 - now, 0.0, change) : 0.0;
      solver_->set_bounds(change_column(p, k), std::min(lower, 0.0), upper);
    }
  ++programs_;
  if (solver_->solve_primal() != LpStatus::optimal) return std::nullopt;
  promised_ = solver_->objective() + constant;
  const auto values = solver_->columns();
  ParkPoint found = point;
  for (std::size_t a = 0; a < network.arcs.size(); ++a) found.design.arcs[a] = std::max(0.0, values[a]);
  for (std::size_t a = 0; a < network.fresh_arcs.size(); ++a)
    found.design.fresh_arcs[a] = std::max(0.0, values[network.arcs.size() + a]);
  for (std::size_t p = system_.park.sources.size(); p < network.ports(); ++p)
    for (std::size_t k = 0; k < contaminants_; ++k)
      found.conc[p * contaminants_ + k] += values[change_column(p, k)] * most_conc(p, k);
  slack_ = 0.0;
  for (const std::size_t column : slacks_) slack_ += std::max(0.0, values[column]);
  return found;
}

double FlowProgram::merit(const ParkPoint& point) {
  return objective(aimed_, point) / aimed_scale_ + kSlackPenalty * slack_;
}

}  // namespace millrace
