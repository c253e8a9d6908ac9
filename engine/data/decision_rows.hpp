#pragma once

#include <cstddef>
#include <span>

#include "engine/data/aligned.hpp"

namespace millrace {

/// Decision variables, one row an individual (rows x variables).
///
/// A row starts on 64 bytes and is padded with zeros to a multiple of 8 doubles, so that variation streams over whole
/// vectors. Kernels may read the padding and may write it, but must leave zeros there.
class DecisionRows {
 public:
  DecisionRows() = default;
  DecisionRows(std::size_t rows, std::size_t variables)
      : rows_(rows), variables_(variables), stride_(round_up(variables, kAlignment / sizeof(double))),
        values_(rows * stride_, 0.0) {}

  std::size_t rows() const { return rows_; }
  std::size_t variables() const { return variables_; }
  /// Doubles from one row to the next.
  std::size_t stride() const { return stride_; }

  double* row_data(std::size_t i) { return values_.data() + i * stride_; }
  const double* row_data(std::size_t i) const { return values_.data() + i * stride_; }
  std::span<double> row(std::size_t i) { return {row_data(i), variables_}; }
  std::span<const double> row(std::size_t i) const { return {row_data(i), variables_}; }

 private:
  std::size_t rows_ = 0;
  std::size_t variables_ = 0;
  std::size_t stride_ = 0;
  AlignedVector<double> values_;
};

}  // namespace millrace
