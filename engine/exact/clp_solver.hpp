#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/problem/linear_form.hpp"

namespace millrace {

/// minimise cost * x over lower <= x <= upper, row_lower <= rows * x <= row_upper. Infinite bounds are allowed.
struct LinearProgram {
  std::vector<double> cost, lower, upper;
  std::vector<double> row_lower, row_upper;
  SparseRows rows;

  /// The rows and columns of a form, without a cost.
  static LinearProgram from(const LinearForm& form);
  std::size_t add_column(double least, double most);
  /// Makes the terms put into rows since the last row into a row.
  void close_row(double least, double most);
};

enum class LpStatus { optimal, infeasible, unbounded, iteration_limit, failed };
/// "optimal", "infeasible" ...
std::string_view name_of(LpStatus status);

/// COIN-OR Clp on one program that is changed and solved again and again: each solution starts from the last basis.
///
/// A sequence of calls gives the same bits whenever it is repeated; another sequence may end in another vertex of the
/// same optimal face. Silent. One object belongs to one thread at a time.
class ClpSolver {
 public:
  explicit ClpSolver(const LinearProgram& program);
  ~ClpSolver();
  ClpSolver(ClpSolver&&) noexcept;
  ClpSolver& operator=(ClpSolver&&) noexcept;

  void set_cost(std::size_t column, double cost);
  void set_bounds(std::size_t column, double lower, double upper);
  void set_row_bounds(std::size_t row, double lower, double upper);
  /// The coefficient must be among the terms of the row.
  void set_coefficient(std::size_t row, std::size_t column, double coefficient);

  /// Solves with the primal simplex method: best after costs changed.
  LpStatus solve_primal();
  /// Solves with the dual simplex method: best after bounds changed.
  LpStatus solve_dual();
  /// Forgets the basis and solves without scaling: for a second opinion on a program that the others did not solve.
  LpStatus solve_from_scratch();

  double objective() const;
  std::span<const double> columns() const;
  /// Increase of the optimum a unit of the row's binding bound.
  std::span<const double> row_duals() const;
  /// After LpStatus::infeasible: row multipliers that may prove it (Farkas), up to their sign; empty where there are
  /// none.
  std::vector<double> infeasibility_ray() const;
  /// Simplex iterations of all solutions so far.
  std::size_t iterations() const;

  /// The basis now, to return to later with the same program.
  void keep_basis();
  void return_to_kept_basis();
  /// The status of every column, then of every row, for a solver of another program of the same shape.
  std::vector<unsigned char> basis() const;
  void set_basis(std::span<const unsigned char> basis);

 private:
  struct Clp;
  std::unique_ptr<Clp> clp_;
};

}  // namespace millrace
