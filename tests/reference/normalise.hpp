#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace::reference {

/// Section IV-C of Deb and Jain 2014 for one generation of finite values in general position: intercepts of the plane
/// through the extreme points, minus the ideal point. Empty where the paper does not say what to do.
inline std::vector<double> intercept_range(const Columns& f, std::span<const Slot> members) {
  const std::size_t m = f.columns();
  std::vector<double> ideal(m, std::numeric_limits<double>::infinity());
  for (std::size_t k = 0; k < m; ++k)
    for (const Slot i : members) ideal[k] = std::min(ideal[k], f(i, k));
  Eigen::MatrixXd plane(m, m);
  for (std::size_t axis = 0; axis < m; ++axis) {
    double best = std::numeric_limits<double>::infinity();
    for (const Slot i : members) {
      double largest = -std::numeric_limits<double>::infinity();
      for (std::size_t k = 0; k < m; ++k) largest = std::max(largest, (f(i, k) - ideal[k]) / (k == axis ? 1.0 : 1e-6));
      if (largest >= best) continue;
      best = largest;
      for (std::size_t k = 0; k < m; ++k)
        plane(static_cast<Eigen::Index>(axis), static_cast<Eigen::Index>(k)) = f(i, k) - ideal[k];
    }
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> solver(plane);
  if (!solver.isInvertible()) return {};
  const Eigen::VectorXd inverse = solver.solve(Eigen::VectorXd::Ones(static_cast<Eigen::Index>(m)));
  std::vector<double> range;
  for (const double value : inverse) range.push_back(1.0 / value);
  return range;
}

}  // namespace millrace::reference
