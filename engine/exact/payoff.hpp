#pragma once

#include <cstdint>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

/// Each objective minimised alone. Everything is minimised, in the units of the form.
struct PayoffTable {
  /// Row k: all objectives of an efficient solution where objective k is least.
  Columns objectives;
  /// Its decisions.
  DecisionRows decisions;
  /// The least value of each objective: exact.
  std::vector<double> ideal;
  /// The largest value in each column of the table. The rows are efficient, so the nadir of the front is at least this;
  /// from three objectives on it may be larger.
  std::vector<double> nadir;
  /// The largest value of each objective over the whole feasible set, auxiliary columns free within their bounds: the
  /// nadir of the front is at most this. Infinite where the program is unbounded.
  std::vector<double> worst;
  /// nadir - ideal of each objective; exactly 0 where they differ by rounding alone.
  std::vector<double> range() const;
};

/// Ties for the least value are broken by the least sum of the others, each as a share of its range over the rows with
/// ties unbroken: a positive weight on each, hence efficient. 3 m linear programs.
///
/// Throws std::invalid_argument with form.error(), std::runtime_error where an objective has no least value (the program
/// is infeasible or unbounded).
PayoffTable payoff_table(const LinearForm& form);

}  // namespace millrace
