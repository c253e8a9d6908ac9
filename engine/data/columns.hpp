#pragma once

#include <cstddef>
#include <span>

#include "engine/data/aligned.hpp"

namespace millrace {

/// Objectives or constraints, one contiguous column a quantity over the whole population (rows x columns).
///
/// A column starts on 64 bytes and is padded with zeros to a multiple of 64 entries, so that kernels compare whole
/// vectors of individuals without a remainder loop.
class Columns {
 public:
  Columns() = default;
  Columns(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), stride_(round_up(rows, 64)), values_(columns * stride_, 0.0) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  /// Doubles from one column to the next.
  std::size_t stride() const { return stride_; }

  double* column_data(std::size_t k) { return values_.data() + k * stride_; }
  const double* column_data(std::size_t k) const { return values_.data() + k * stride_; }
  std::span<double> column(std::size_t k) { return {column_data(k), rows_}; }
  std::span<const double> column(std::size_t k) const { return {column_data(k), rows_}; }
  double& operator()(std::size_t row, std::size_t column) { return column_data(column)[row]; }
  double operator()(std::size_t row, std::size_t column) const { return column_data(column)[row]; }

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t stride_ = 0;
  AlignedVector<double> values_;
};

}  // namespace millrace
