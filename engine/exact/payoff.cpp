#include "engine/exact/payoff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>

#include "engine/exact/clp_solver.hpp"

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// A range that is a smaller share of its objective counts as none.
constexpr double kNoise = 1e-11;

/// The form's program with a row for each objective, so that an objective can be held.
class PayoffSolver {
 public:
  explicit PayoffSolver(const LinearForm& form) : form_(form), solver_(program(form)) {}

  /// Least value of objective k, ties unbroken. Leaves the solution in columns().
  double minimise(std::size_t k) {
    set_objective_cost(k, 1.0);
    solve(k);
    return form_.objective(k, solver_.columns());
  }

  /// After minimise(k): holds objective k there and minimises the sum of the others over their sizes.
  void break_ties(std::size_t k, std::span<const double> sizes) {
    const double least = form_.objective(k, solver_.columns()) - form_.objective_constants[k];
    solver_.set_row_bounds(form_.rows.size() + k, -kInfinity, least);
    cost_.assign(form_.columns.size(), 0.0);
    for (std::size_t j = 0; j < form_.objectives(); ++j)
      if (j != k) form_.objective_terms.add_multiple(j, 1.0 / sizes[j], cost_);
    for (std::size_t c = 0; c < cost_.size(); ++c) solver_.set_cost(c, cost_[c]);
    solve(k);
    solver_.set_row_bounds(form_.rows.size() + k, -kInfinity, kInfinity);
  }

  double maximum(std::size_t k) {
    set_objective_cost(k, -1.0);
    const LpStatus status = solver_.solve_primal();
    return status == LpStatus::optimal ? form_.objective(k, solver_.columns()) : kInfinity;
  }

  std::span<const double> columns() const { return solver_.columns(); }

 private:
  static LinearProgram program(const LinearForm& form) {
    LinearProgram program = LinearProgram::from(form);
    for (std::size_t k = 0; k < form.objectives(); ++k) {
      const auto columns = form.objective_terms.columns(k);
      for (std::size_t e = 0; e < columns.size(); ++e)
        program.rows.put(columns[e], form.objective_terms.coefficients(k)[e]);
      program.close_row(-kInfinity, kInfinity);
    }
    return program;
  }

  void set_objective_cost(std::size_t k, double sign) {
    cost_.assign(form_.columns.size(), 0.0);
    form_.objective_terms.add_multiple(k, sign, cost_);
    for (std::size_t c = 0; c < cost_.size(); ++c) solver_.set_cost(c, cost_[c]);
  }

  void solve(std::size_t k) {
    const LpStatus status = solver_.solve_primal();
    if (status != LpStatus::optimal)
      throw std::runtime_error(fmt::format("objective {} has no least value: the program is {}", k, name_of(status)));
  }

  const LinearForm& form_;
  ClpSolver solver_;
  std::vector<double> cost_;
};

void store_row(const LinearForm& form, std::span<const double> columns, std::size_t k, PayoffTable& table) {
  for (std::size_t j = 0; j < form.objectives(); ++j) table.objectives(k, j) = form.objective(j, columns);
  for (std::size_t j = 0; j < form.decisions.size(); ++j) {
    const auto& column = form.columns[form.decisions[j]];
    table.decisions.row(k)[j] = std::clamp(columns[form.decisions[j]], column.lower, column.upper);
  }
}

}  // namespace

std::vector<double> PayoffTable::range() const {
  std::vector<double> range(ideal.size());
  for (std::size_t k = 0; k < ideal.size(); ++k) range[k] = nadir[k] - ideal[k];
  return range;
}

PayoffTable payoff_table(const LinearForm& form) {
  if (const std::string error = form.error(); !error.empty()) throw std::invalid_argument(error);
  const std::size_t m = form.objectives();
  PayoffTable table{Columns(m, m), DecisionRows(m, form.decisions.size()), {}, {}, {}};
  PayoffSolver solver(form);
  std::vector<double> worst(m, -kInfinity);
  for (std::size_t k = 0; k < m; ++k) {
    table.ideal.push_back(solver.minimise(k));
    for (std::size_t j = 0; j < m; ++j) worst[j] = std::max(worst[j], form.objective(j, solver.columns()));
  }
  std::vector<double> sizes(m);
  for (std::size_t k = 0; k < m; ++k) sizes[k] = worst[k] > table.ideal[k] ? worst[k] - table.ideal[k] : 1.0;
  for (std::size_t k = 0; k < m; ++k) {
    solver.minimise(k);
    solver.break_ties(k, sizes);
    store_row(form, solver.columns(), k, table);
  }
  for (std::size_t k = 0; k < m; ++k) {
    table.nadir.push_back(std::ranges::max(table.objectives.column(k)));
    table.worst.push_back(std::max(solver.maximum(k), table.nadir[k]));
    // Rounding is no range: nothing may be divided by it.
    const double noise = kNoise * std::max(std::abs(table.ideal[k]), std::abs(table.nadir[k]));
    for (double* value : {&table.nadir[k], &table.worst[k]})
      if (*value - table.ideal[k] <= noise) *value = table.ideal[k];
  }
  return table;
}

}  // namespace millrace
