#pragma once

#include <limits>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/problem/linear_form.hpp"
#include "engine/random/philox.hpp"

namespace millrace {

inline constexpr double kNoBound = std::numeric_limits<double>::infinity();

/// minimise (x_1, ..., x_m) over 0 <= x <= 1, sum x >= 1: the front is the unit simplex.
inline LinearForm simplex_form(std::size_t m) {
  LinearForm form;
  for (std::size_t j = 0; j < m; ++j) {
    form.decisions.push_back(static_cast<std::uint32_t>(form.add_column("x" + std::to_string(j + 1), 0.0, 1.0)));
    form.row_terms.put(j, 1.0);
  }
  form.close_row("sum", 1.0, kNoBound);
  for (std::size_t k = 0; k < m; ++k) {
    form.objective_terms.put(k, 1.0);
    form.close_objective(0.0);
  }
  return form;
}

/// `rows` random rows over columns in [0, 1] and m random objectives. The middle of the box is feasible.
inline LinearForm random_form(std::size_t columns, std::size_t rows, std::size_t m, std::uint64_t seed) {
  RowDraws draws({seed, 0, Stage::problem}, 0);
  const auto between = [&](double low, double high) { return low + (high - low) * draws.next_double(); };
  LinearForm form;
  for (std::size_t j = 0; j < columns; ++j)
    form.decisions.push_back(static_cast<std::uint32_t>(form.add_column("x", 0.0, 1.0)));
  for (std::size_t i = 0; i < rows; ++i) {
    double middle = 0.0;
    for (std::size_t j = 0; j < columns; ++j) {
      const double coefficient = between(-1.0, 1.0);
      form.row_terms.put(j, coefficient);
      middle += 0.5 * coefficient;
    }
    form.close_row("row", i % 2 == 0 ? middle - 0.2 : -kNoBound, middle + 0.3);
  }
  for (std::size_t k = 0; k < m; ++k) {
    for (std::size_t j = 0; j < columns; ++j) form.objective_terms.put(j, between(-1.0, 1.0));
    form.close_objective(between(-5.0, 5.0));
  }
  return form;
}

/// One row.
inline Columns one_point(const std::vector<double>& values) {
  Columns point(1, values.size());
  for (std::size_t k = 0; k < values.size(); ++k) point(0, k) = values[k];
  return point;
}

inline std::vector<double> row_of(const Columns& points, std::size_t i) {
  std::vector<double> row(points.columns());
  for (std::size_t k = 0; k < row.size(); ++k) row[k] = points(i, k);
  return row;
}

}  // namespace millrace
