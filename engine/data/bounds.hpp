#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "engine/data/aligned.hpp"

namespace millrace {

/// Box of the decision variables. Both arrays are padded like a decision row (zeros), so that kernels stream over them.
class Bounds {
 public:
  Bounds() = default;
  explicit Bounds(std::size_t variables, double lower = 0.0, double upper = 1.0) : variables_(variables) {
    const std::size_t stride = round_up(variables, kAlignment / sizeof(double));
    lower_.assign(stride, 0.0);
    upper_.assign(stride, 0.0);
    std::fill_n(lower_.begin(), variables, lower);
    std::fill_n(upper_.begin(), variables, upper);
  }

  std::size_t variables() const { return variables_; }
  double lower(std::size_t j) const { return lower_[j]; }
  double upper(std::size_t j) const { return upper_[j]; }
  const double* lower_data() const { return lower_.data(); }
  const double* upper_data() const { return upper_.data(); }
  void set(std::size_t j, double lower, double upper) {
    lower_[j] = lower;
    upper_[j] = upper;
  }

 private:
  std::size_t variables_ = 0;
  AlignedVector<double> lower_;
  AlignedVector<double> upper_;
};

}  // namespace millrace
