#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/aligned.hpp"

namespace millrace {

/// What the values of a variable are. Every decision is a double; one of a variable that is not real is a whole number
/// from its lower to its upper bound, a level.
enum class VariableKind : std::uint8_t {
  real,
  /// A count or a size: differences between levels have a meaning.
  integer,
  /// Grades, one better than the other: levels have an order, differences have none.
  ordinal,
  /// 0 or 1.
  binary
};

constexpr std::string_view name_of(VariableKind kind) {
  switch (kind) {
    case VariableKind::real: return "real";
    case VariableKind::integer: return "integer";
    case VariableKind::ordinal: return "ordinal";
    case VariableKind::binary: return "binary";
  }
  return {};
}

/// Largest size of a bound of a variable that is not real.
inline constexpr double kLargestLevel = 2147483647.0;

/// Box of the decision variables and their kinds. Both arrays of bounds are padded like a decision row (zeros), so that
/// kernels stream over them.
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

  VariableKind kind(std::size_t j) const { return kinds_.empty() ? VariableKind::real : kinds_[j]; }
  /// Does not move the bounds: ProblemSpec::error() says where they are not levels. Cheapest in
  /// rising order of the variables.
  void set_kind(std::size_t j, VariableKind kind) {
    if (kinds_.empty()) kinds_.assign(variables_, VariableKind::real);
    kinds_[j] = kind;
    const auto place = std::lower_bound(discrete_.begin(), discrete_.end(), j);
    const bool listed = place != discrete_.end() && *place == j;
    if (kind == VariableKind::real && listed) discrete_.erase(place);
    if (kind != VariableKind::real && !listed) discrete_.insert(place, static_cast<std::uint32_t>(j));
  }
  bool all_real() const { return discrete_.empty(); }
  /// The variables that are not real, ascending.
  std::span<const std::uint32_t> discrete() const { return discrete_; }
  /// Whether variable j, inside its bounds, may be `value`: any number where it is real.
  bool is_level(std::size_t j, double value) const {
    return kind(j) == VariableKind::real || value == std::floor(value);
  }

 private:
  std::size_t variables_ = 0;
  AlignedVector<double> lower_;
  AlignedVector<double> upper_;
  /// Empty where every variable is real.
  std::vector<VariableKind> kinds_;
  std::vector<std::uint32_t> discrete_;
};

}  // namespace millrace
