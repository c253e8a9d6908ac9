#include "problems/industrial/conflict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Of a row's largest bound; less is rounding.
constexpr double kBreach = 1e-7;
constexpr double kDual = 1e-9;

double size_of(double lower, double upper) {
  double size = 0.0;
  if (std::isfinite(lower)) size = std::max(size, std::abs(lower));
  if (std::isfinite(upper)) size = std::max(size, std::abs(upper));
  return size > 0.0 ? size : 1.0;
}

/// The program with two columns a row that make up for a breach at the cost of its share of the bound.
LinearProgram elastic(const LinearProgram& program) {
  LinearProgram made;
  const std::size_t rows = program.rows.rows();
  for (std::size_t j = 0; j < program.lower.size(); ++j) made.add_column(program.lower[j], program.upper[j]);
  for (std::size_t i = 0; i < 2 * rows; ++i)
    made.cost[made.add_column(0.0, kInfinity)] = 1.0 / size_of(program.row_lower[i / 2], program.row_upper[i / 2]);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto columns = program.rows.columns(i);
    for (std::size_t e = 0; e < columns.size(); ++e) made.rows.put(columns[e], program.rows.coefficients(i)[e]);
    made.rows.put(program.lower.size() + 2 * i, 1.0);
    made.rows.put(program.lower.size() + 2 * i + 1, -1.0);
    made.close_row(program.row_lower[i], program.row_upper[i]);
  }
  return made;
}

/// Only those rows.
LinearProgram part_of(const LinearProgram& program, const std::vector<std::size_t>& rows) {
  LinearProgram made;
  for (std::size_t j = 0; j < program.lower.size(); ++j) made.add_column(program.lower[j], program.upper[j]);
  for (const std::size_t i : rows) {
    const auto columns = program.rows.columns(i);
    for (std::size_t e = 0; e < columns.size(); ++e) made.rows.put(columns[e], program.rows.coefficients(i)[e]);
    made.close_row(program.row_lower[i], program.row_upper[i]);
  }
  return made;
}

/// Drops, the last first, every row without which the rest still has no solution.
void make_irreducible(const LinearProgram& program, std::vector<std::size_t>& rows) {
  ClpSolver solver(part_of(program, rows));
  std::vector<std::size_t> kept;
  for (std::size_t k = rows.size(); k-- > 0;) {
    solver.set_row_bounds(k, -kInfinity, kInfinity);
    if (solver.solve_dual() == LpStatus::infeasible) continue;
    solver.set_row_bounds(k, program.row_lower[rows[k]], program.row_upper[rows[k]]);
    kept.insert(kept.begin(), rows[k]);
  }
  rows = std::move(kept);
}

std::string sentence(const LinearProgram& program, std::size_t row, const std::string& name, bool lower) {
  const double least = program.row_lower[row];
  const double most = program.row_upper[row];
  if (least == most) return fmt::format("{}: exactly {:.6g}", name, least);
  // The optimum of the elastic program says which side is meant.
  if (lower) return fmt::format("{}: at least {:.6g}", name, least);
  return fmt::format("{}: at most {:.6g}", name, most);
}

}  // namespace

Conflict find_conflict(const LinearProgram& program, const std::vector<LinearForm::Row>& names) {
  Conflict conflict;
  ClpSolver solver(elastic(program));
  if (solver.solve_primal() != LpStatus::optimal || solver.objective() <= kBreach) return conflict;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::abs(solver.row_duals()[i]) * size_of(program.row_lower[i], program.row_upper[i]) > kDual)
      conflict.rows.push_back(i);
  make_irreducible(program, conflict.rows);
  for (const std::size_t row : conflict.rows)
    conflict.sentences.push_back(sentence(program, row, names[row].name, solver.row_duals()[row] > 0.0));
  return conflict;
}

}  // namespace millrace
