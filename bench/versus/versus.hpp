#pragma once

#include <stdexcept>
#include <vector>

#include <pagmo/types.hpp>

#include "bench/report/machine.hpp"
#include "engine/data/columns.hpp"

namespace millrace::bench {

/// Both sides must come to the same values; what differs is an error, not a result.
struct Disagreement : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Each prints its table while it measures and returns the rows. `quick` leaves out what takes long.
Json compare_sorting(bool quick);
Json compare_hypervolumes(bool quick);
Json compare_contributions(bool quick);
Json compare_evolution(bool quick);

inline std::vector<pagmo::vector_double> as_rows(const Columns& points) {
  std::vector<pagmo::vector_double> rows(points.rows(), pagmo::vector_double(points.columns()));
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t k = 0; k < points.columns(); ++k) rows[i][k] = points(i, k);
  return rows;
}

inline Columns as_columns(const std::vector<pagmo::vector_double>& rows) {
  Columns points(rows.size(), rows.front().size());
  for (std::size_t i = 0; i < points.rows(); ++i)
    for (std::size_t k = 0; k < points.columns(); ++k) points(i, k) = rows[i][k];
  return points;
}

}  // namespace millrace::bench
