#include "problems/park/global_bound_relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// A tightened bound keeps this much room for rounding, and one that would move by less stays.
constexpr double kRoom = 1e-9;
constexpr double kWorthwhile = 1e-4;
constexpr int kMostPasses = 12;

/// Tightens single columns of a box and notes what happened.
class BoxTightener {
 public:
  explicit BoxTightener(ColumnBox& box) : box_(box) {}

  void raise_lower(std::size_t j, double least) {
    least -= kRoom;
    if (least <= box_.lower[j]) return;
    moved_ = moved_ || least > box_.lower[j] + kWorthwhile * std::max(box_.width(j), 1e-6);
    box_.lower[j] = least;
    settle(j);
  }
  void lower_upper(std::size_t j, double most) {
    most += kRoom;
    if (most >= box_.upper[j]) return;
    moved_ = moved_ || most < box_.upper[j] - kWorthwhile * std::max(box_.width(j), 1e-6);
    box_.upper[j] = most;
    settle(j);
  }
  void row(std::span<const std::uint32_t> columns, std::span<const double> coefficients, double lower, double upper);
  void product(const BilinearProgram::Product& product);
  void power(const BilinearProgram::Power& power);

  bool empty() const { return empty_; }
  /// Whether anything moved since the last call.
  bool take_moved() { return std::exchange(moved_, false); }

 private:
  /// Bounds that cross by rounding alone meet.
  void settle(std::size_t j) {
    if (box_.lower[j] <= box_.upper[j]) return;
    if (box_.lower[j] > box_.upper[j] + 1e-8) empty_ = true;
    box_.lower[j] = box_.upper[j] = 0.5 * (box_.lower[j] + box_.upper[j]);
  }

  ColumnBox& box_;
  bool empty_ = false;
  bool moved_ = false;
};

void BoxTightener::row(std::span<const std::uint32_t> columns, std::span<const double> coefficients, double lower,
                       double upper) {
  double least = 0.0;
  double most = 0.0;
  for (std::size_t t = 0; t < columns.size(); ++t) {
    const double a = coefficients[t];
    least += a * (a > 0.0 ? box_.lower[columns[t]] : box_.upper[columns[t]]);
    most += a * (a > 0.0 ? box_.upper[columns[t]] : box_.lower[columns[t]]);
  }
  if (least > upper + 1e-8 || most < lower - 1e-8) empty_ = true;
  for (std::size_t t = 0; t < columns.size() && !empty_; ++t) {
    const double a = coefficients[t];
    if (std::abs(a) < 1e-9) continue;
    const std::size_t j = columns[t];
    const double own_least = a * (a > 0.0 ? box_.lower[j] : box_.upper[j]);
    const double own_most = a * (a > 0.0 ? box_.upper[j] : box_.lower[j]);
    const double above = (upper - (least - own_least)) / a;
    const double below = (lower - (most - own_most)) / a;
    if (std::isfinite(upper)) a > 0.0 ? lower_upper(j, above) : raise_lower(j, above);
    if (std::isfinite(lower)) a > 0.0 ? raise_lower(j, below) : lower_upper(j, below);
    least += a * (a > 0.0 ? box_.lower[j] : box_.upper[j]) - own_least;
    most += a * (a > 0.0 ? box_.upper[j] : box_.lower[j]) - own_most;
  }
}

void BoxTightener::product(const BilinearProgram::Product& product) {
  const auto [w, x, y] = product;
  raise_lower(w, box_.lower[x] * box_.lower[y]);
  lower_upper(w, box_.upper[x] * box_.upper[y]);
  // Division by less would make a bound out of rounding.
  constexpr double kSolid = 1e-6;
  if (box_.lower[y] > kSolid) lower_upper(x, box_.upper[w] / box_.lower[y]);
  if (box_.upper[y] > kSolid) raise_lower(x, box_.lower[w] / box_.upper[y]);
  if (box_.lower[x] > kSolid) lower_upper(y, box_.upper[w] / box_.lower[x]);
  if (box_.upper[x] > kSolid) raise_lower(y, box_.lower[w] / box_.upper[x]);
}

void BoxTightener::power(const BilinearProgram::Power& power) {
  raise_lower(power.value, std::pow(box_.lower[power.base], power.exponent));
  lower_upper(power.value, std::pow(box_.upper[power.base], power.exponent));
  lower_upper(power.base, std::pow(std::max(box_.upper[power.value], 0.0), 1.0 / power.exponent));
}

}  // namespace

bool tighten_box(const BilinearProgram& program, double most_cost, ColumnBox& box) {
  const LinearProgram& linear = program.linear;
  std::vector<std::uint32_t> costly;
  std::vector<double> costs;
  for (std::size_t j = 0; j < program.columns(); ++j)
    if (linear.cost[j] != 0.0) {
      costly.push_back(static_cast<std::uint32_t>(j));
      costs.push_back(linear.cost[j]);
    }
  BoxTightener tightener(box);
  for (int pass = 0; pass < kMostPasses; ++pass) {
    for (std::size_t i = 0; i < linear.rows.rows() && !tightener.empty(); ++i)
      tightener.row(linear.rows.columns(i), linear.rows.coefficients(i), linear.row_lower[i], linear.row_upper[i]);
    if (std::isfinite(most_cost) && !tightener.empty()) tightener.row(costly, costs, -kInfinity, most_cost);
    for (const auto& product : program.products) tightener.product(product);
    for (const auto& power : program.powers) tightener.power(power);
    for (const std::uint32_t j : program.switches) {
      if (box.lower[j] > 1e-6) tightener.raise_lower(j, 1.0 + kRoom);
      if (box.upper[j] < 1.0 - 1e-6) tightener.lower_upper(j, -kRoom);
    }
    if (tightener.empty()) return false;
    if (!tightener.take_moved()) break;
  }
  for (double& lower : box.lower) lower = std::max(lower, 0.0);
  return true;
}

LinearProgram relaxation_over(const BilinearProgram& program, const ColumnBox& box) {
  LinearProgram linear = program.linear;
  linear.lower = box.lower;
  linear.upper = box.upper;
  for (const auto& [w, x, y] : program.products) {
    const auto plane = [&, w = w, x = x, y = y](double at_x, double at_y, bool below) {
      linear.rows.put(w, 1.0);
      linear.rows.put(x, -at_y);
      linear.rows.put(y, -at_x);
      if (below) linear.close_row(-at_x * at_y, kInfinity);
      else linear.close_row(-kInfinity, -at_x * at_y);
    };
    plane(box.lower[x], box.lower[y], true);
    plane(box.upper[x], box.upper[y], true);
    plane(box.upper[x], box.lower[y], false);
    plane(box.lower[x], box.upper[y], false);
  }
  for (const auto& power : program.powers) {
    const double left = std::pow(box.lower[power.base], power.exponent);
    const double width = box.width(power.base);
    const double slope = width > 0.0 ? (std::pow(box.upper[power.base], power.exponent) - left) / width : 0.0;
    linear.rows.put(power.value, 1.0);
    linear.rows.put(power.base, -slope);
    linear.close_row(left - slope * box.lower[power.base], kInfinity);
  }
  return linear;
}

LinearProgram linearised_at(const BilinearProgram& program, const ColumnBox& box, std::span<const double> point) {
  LinearProgram linear = program.linear;
  linear.lower = box.lower;
  linear.upper = box.upper;
  for (const std::uint32_t i : program.one_sided) linear.row_lower[i] = -kInfinity;
  for (const auto& [w, x, y] : program.products) {
    linear.rows.put(w, 1.0);
    linear.rows.put(x, -point[y]);
    linear.rows.put(y, -point[x]);
    linear.close_row(-point[x] * point[y], -point[x] * point[y]);
  }
  for (const auto& power : program.powers) {
    // At 0 the slope has no end.
    const double base = std::max(point[power.base], 1e-4);
    const double value = std::pow(base, power.exponent);
    const double slope = power.exponent * value / base;
    linear.lower[power.value] = 0.0;
    linear.upper[power.value] = 2.0;
    linear.rows.put(power.value, 1.0);
    linear.rows.put(power.base, -slope);
    linear.close_row(value - slope * base, value - slope * base);
  }
  return linear;
}

double lagrangian_bound(const LinearProgram& program, std::span<const double> multipliers,
                        std::vector<double>& reduced) {
  reduced = program.cost;
  double bound = 0.0;
  double size = 0.0;
  for (std::size_t i = 0; i < multipliers.size(); ++i) {
    const double y = multipliers[i];
    const double side = y > 0.0 ? program.row_lower[i] : program.row_upper[i];
    if (y == 0.0 || !std::isfinite(side)) continue;
    bound += y * side;
    size += std::abs(y * side);
    program.rows.add_multiple(i, -y, reduced);
  }
  for (std::size_t j = 0; j < reduced.size(); ++j) {
    const double term = std::min(reduced[j] * program.lower[j], reduced[j] * program.upper[j]);
    bound += term;
    size += std::abs(term);
  }
  return bound - 1e-11 * size;
}

namespace {

bool proves_infeasible(LinearProgram program, std::vector<double> ray) {
  std::fill(program.cost.begin(), program.cost.end(), 0.0);
  double size = 0.0;
  for (const double y : ray) size = std::max(size, std::abs(y));
  std::vector<double> reduced;
  // Clp's ray has a sign of its own.
  for (const double sign : {1.0, -1.0}) {
    std::vector<double> multipliers(ray);
    for (double& y : multipliers) y *= sign;
    if (size > 0.0 && lagrangian_bound(program, multipliers, reduced) > 1e-9 * size) return true;
  }
  return false;
}

/// Whether the solver's last answer settles the program.
bool settle(const LinearProgram& program, const ClpSolver& solver, LpStatus status, RelaxationBound& bound) {
  ++bound.programs;
  if (status == LpStatus::infeasible) {
    bound.infeasible = proves_infeasible(program, solver.infeasibility_ray());
    return bound.infeasible;
  }
  if (status != LpStatus::optimal) return false;
  bound.row_duals.assign(solver.row_duals().begin(), solver.row_duals().end());
  bound.cost = lagrangian_bound(program, bound.row_duals, bound.reduced);
  bound.values.assign(solver.columns().begin(), solver.columns().end());
  bound.basis = solver.basis();
  return bound.cost > solver.objective() - 1e-6 * (1.0 + std::abs(solver.objective()));
}

}  // namespace

RelaxationBound solve_relaxation(const LinearProgram& program, std::span<const unsigned char> basis) {
  RelaxationBound bound;
  bound.cost = -kInfinity;
  ClpSolver solver(program);
  if (!basis.empty()) solver.set_basis(basis);
  if (settle(program, solver, solver.solve_dual(), bound)) return bound;
  settle(program, solver, solver.solve_from_scratch(), bound);
  return bound;
}

}  // namespace millrace
