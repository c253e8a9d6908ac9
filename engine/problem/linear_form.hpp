#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace millrace {

/// Sparse rows, one after the other: `put` the terms of a row, then `close` it.
class SparseRows {
 public:
  std::size_t rows() const { return first_.size() - 1; }
  std::size_t terms() const { return columns_.size(); }
  void put(std::size_t column, double coefficient) {
    columns_.push_back(static_cast<std::uint32_t>(column));
    coefficients_.push_back(coefficient);
  }
  void close() { first_.push_back(columns_.size()); }

  std::span<const std::uint32_t> columns(std::size_t row) const {
    return {columns_.data() + first_[row], first_[row + 1] - first_[row]};
  }
  std::span<const double> coefficients(std::size_t row) const {
    return {coefficients_.data() + first_[row], first_[row + 1] - first_[row]};
  }
  /// Sum of the terms of a row at `values`, added in their order.
  double dot(std::size_t row, std::span<const double> values) const;
  /// Adds factor times a row to `values`.
  void add_multiple(std::size_t row, double factor, std::span<double> values) const;

 private:
  std::vector<std::size_t> first_ = {0};
  std::vector<std::uint32_t> columns_;
  std::vector<double> coefficients_;
};

/// A problem as a linear program with several objectives, all minimised:
/// lower <= columns <= upper, row_lower <= rows * columns <= row_upper. Infinite bounds are allowed.
///
/// Columns are the decisions and what the program needs besides (a hinge max(0, a - s) is a column h >= 0 with
/// h + s >= a). What a problem promises of its form: a decision is feasible where, and only where, the other columns
/// can be chosen so that the rows hold; then no choice makes an objective lower than the problem's own value, and one
/// choice reaches all of them.
struct LinearForm {
  struct Column {
    std::string name;
    double lower = 0.0;
    double upper = 0.0;
  };
  struct Row {
    std::string name;
    double lower = 0.0;
    double upper = 0.0;
  };

  std::vector<Column> columns;
  std::vector<Row> rows;
  /// Terms of rows[i].
  SparseRows row_terms;
  /// Objective k is objective_constants[k] plus row k of these.
  SparseRows objective_terms;
  std::vector<double> objective_constants;
  /// Variable j of the problem is column decisions[j].
  std::vector<std::uint32_t> decisions;

  std::size_t objectives() const { return objective_constants.size(); }
  /// Index of the new column.
  std::size_t add_column(std::string name, double lower, double upper);
  /// Makes the terms put into row_terms since the last row into a row.
  void close_row(std::string name, double lower, double upper);
  /// Makes the terms put into objective_terms since the last objective into one.
  void close_objective(double constant);
  double objective(std::size_t k, std::span<const double> values) const {
    return objective_constants[k] + objective_terms.dot(k, values);
  }
  /// One sentence where sizes or numbers contradict each other, else empty.
  std::string error() const;
};

}  // namespace millrace
