#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "problems/park/bilinear_program.hpp"

namespace millrace {

/// Bounds of all columns of a scaled program.
struct ColumnBox {
  std::vector<double> lower;
  std::vector<double> upper;
  static ColumnBox of(const BilinearProgram& program) { return {program.linear.lower, program.linear.upper}; }
  double width(std::size_t j) const { return upper[j] - lower[j]; }
};

/// Tightens a box by what rows, products and powers imply, and by cost <= most_cost (feasibility-based bound
/// tightening, a few passes). False where nothing is left. Keeps every solution of the program, to 1e-9.
bool tighten_box(const BilinearProgram& program, double most_cost, ColumnBox& box);

/// The linear relaxation over a box: McCormick's four planes for each product (doi:10.1007/BF01580665), the secant below
/// each power, switches between 0 and 1. Exact where all levels and bases are fixed.
LinearProgram relaxation_over(const BilinearProgram& program, const ColumnBox& box);

/// Products and powers replaced by their linearisation at a point, within a box, and one-sided rows by their upper side:
/// a step of sequential linear programming.
LinearProgram linearised_at(const BilinearProgram& program, const ColumnBox& box, std::span<const double> point);

/// The Lagrangian bound of row multipliers on a program with finite column bounds: no feasible solution costs less,
/// whatever the solver did, but for rounding, for which a share of 1e-11 of the sum's terms is taken off.
/// `reduced` receives the reduced costs. O(terms).
double lagrangian_bound(const LinearProgram& program, std::span<const double> multipliers,
                        std::vector<double>& reduced);

/// What is known of a relaxation after solving it. Nothing here rests on the word of the solver.
struct RelaxationBound {
  /// A proof that there is no solution: multipliers whose Lagrangian bound of a zero cost is above 0.
  bool infeasible = false;
  /// No solution costs less; minus infinity where nothing is proved.
  double cost = 0.0;
  /// The solver's solution and its reduced costs; empty where it found none.
  std::vector<double> values;
  std::vector<double> row_duals;
  std::vector<double> reduced;
  std::vector<unsigned char> basis;
  std::size_t programs = 0;
};

/// Solves from a basis (empty: from slacks); where that does not end in an optimum or a proved infeasibility, again from
/// slacks without scaling.
RelaxationBound solve_relaxation(const LinearProgram& program, std::span<const unsigned char> basis);

}  // namespace millrace
