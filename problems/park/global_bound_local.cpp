#include "problems/park/global_bound_local.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kFeasible = 1e-7;
constexpr double kFirstTrust = 0.3;
constexpr double kLeastTrust = 1e-4;
constexpr int kMostSteps = 40;
/// A start that has led to nothing feasible by then is given up.
constexpr int kStepsToFeasible = 8;

std::optional<std::vector<double>> solve(const LinearProgram& linear, std::size_t& programs) {
  ++programs;
  ClpSolver solver(linear);
  if (solver.solve_dual() != LpStatus::optimal) return std::nullopt;
  return std::vector<double>(solver.columns().begin(), solver.columns().end());
}

/// Whether rows and bounds hold once products and powers have their true values, which are written.
bool settle_values(const BilinearProgram& program, std::vector<double>& values) {
  std::vector<double> row_lower = program.linear.row_lower;
  for (const std::uint32_t i : program.one_sided) row_lower[i] = -std::numeric_limits<double>::infinity();
  const LinearProgram& linear = program.linear;
  for (const auto& [w, x, y] : program.products) {
    if (std::abs(values[w] - values[x] * values[y]) > kFeasible) return false;
    values[w] = values[x] * values[y];
  }
  for (const auto& power : program.powers)
    values[power.value] = std::pow(std::max(values[power.base], 0.0), power.exponent);
  for (std::size_t i = 0; i < linear.rows.rows(); ++i) {
    const double sum = linear.rows.dot(i, values);
    if (sum < row_lower[i] - kFeasible || sum > linear.row_upper[i] + kFeasible) return false;
  }
  return true;
}

void fix_switches(const BilinearProgram& program, std::span<const double> point, ColumnBox& box) {
  for (const std::uint32_t j : program.switches)
    box.lower[j] = box.upper[j] = std::clamp(std::round(point[j]), box.lower[j], box.upper[j]);
}

}  // namespace

std::optional<BilinearSolution> solve_at_levels(const BilinearProgram& program, const ColumnBox& box,
                                                std::span<const double> point, std::size_t& programs) {
  ColumnBox fixed = box;
  std::vector<double> at(point.begin(), point.end());
  for (const auto& product : program.products) {
    const std::uint32_t y = product.level;
    at[y] = fixed.lower[y] = fixed.upper[y] = std::clamp(at[y], box.lower[y], box.upper[y]);
  }
  fix_switches(program, point, fixed);
  std::optional<BilinearSolution> best;
  for (int round = 0; round < (program.powers.empty() ? 1 : 2); ++round) {
    std::optional<std::vector<double>> values = solve(linearised_at(program, fixed, at), programs);
    if (!values || !settle_values(program, *values)) break;
    const double cost = program.cost_of(*values);
    at = *values;
    if (!best || cost < best->cost) best = BilinearSolution{cost, std::move(*values)};
  }
  return best;
}

std::optional<BilinearSolution> descend(const BilinearProgram& program, const ColumnBox& box,
                                        std::span<const double> start, std::size_t& programs) {
  std::optional<BilinearSolution> best = solve_at_levels(program, box, start, programs);
  std::vector<double> point = best ? best->values : std::vector<double>(start.begin(), start.end());
  double trust = kFirstTrust;
  for (int step = 0; step < kMostSteps && trust > kLeastTrust; ++step) {
    ColumnBox near = box;
    for (const auto& product : program.products) {
      const std::uint32_t y = product.level;
      // Both ends stay in the box, whatever the point is.
      near.lower[y] = std::clamp(point[y] - trust * box.width(y), box.lower[y], box.upper[y]);
      near.upper[y] = std::clamp(point[y] + trust * box.width(y), box.lower[y], box.upper[y]);
    }
    fix_switches(program, point, near);
    const std::optional<std::vector<double>> linear = solve(linearised_at(program, near, point), programs);
    if (!linear && best) break;
    if (!linear) {
      if (trust >= 1.0) break;
      trust = std::min(1.0, 2.0 * trust);
      continue;
    }
    std::optional<BilinearSolution> trial = solve_at_levels(program, box, *linear, programs);
    if (trial && (!best || trial->cost < best->cost - 1e-9 * (1.0 + std::abs(best->cost)))) {
      best = std::move(trial);
      point = best->values;
      trust = std::min(1.0, 1.5 * trust);
    } else if (best) {
      trust /= 3.0;
    } else {
      point = *linear;
      if (step >= kStepsToFeasible) break;
    }
  }
  return best;
}

}  // namespace millrace
