#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "problems/park/modelled_quantity.hpp"

namespace millrace {

/// Degree of the polynomial features: [1, z] or [1, z, z_i z_j with i <= j], z standardised.
enum class ResidualDegree { linear = 1, quadratic = 2 };

/// Where the inputs of a fit lay, and how far from there a point is.
struct TrainingBox {
  std::vector<double> lower;
  std::vector<double> upper;

  /// Of row-major rows, one or more.
  static TrainingBox of(std::span<const double> rows, std::size_t inputs);
  /// upper - lower, at least 1 % of the larger end: an input that never changed says little of any other value.
  double width(std::size_t i) const;
  /// Length of max(0, lower - u, u - upper) / width.
  double distance(std::span<const double> u) const;
};

/// A polynomial of standardised inputs, fitted by ridge regression.
///
/// The penalty is chosen from 10^-4 ... 10^4 by the exact leave-one-out error e_i / (1 - H_ii) of each; the intercept is
/// not penalised. One LDL^T of at most 28 x 28 a penalty (Golub, Heath and Wahba, doi:10.1080/00401706.1979.10489751,
/// on leave-one-out as the case of single rows).
class RidgePolynomial {
 public:
  static constexpr int kLeastPenaltyExponent = -4;
  static constexpr int kMostPenaltyExponent = 4;

  /// `rows` row-major, targets.size() of them; penalties from 10^least_exponent on. Throws std::invalid_argument below
  /// inputs + 2 rows.
  static RidgePolynomial fit(std::span<const double> rows, std::span<const double> targets, std::size_t inputs,
                             ResidualDegree degree, int least_exponent = kLeastPenaltyExponent);
  /// Linear, unless quadratic is worth it.
  static RidgePolynomial fit_by_leave_one_out(std::span<const double> rows, std::span<const double> targets,
                                              std::size_t inputs);

  /// Whether this fit has a leave-one-out error that is at least 5 % lower than that of a simpler one.
  bool worth_more_than(const RidgePolynomial& simpler) const;

  std::size_t inputs() const { return mean_.size(); }
  ResidualDegree degree() const { return degree_; }
  double penalty() const { return penalty_; }
  /// Root mean square of the leave-one-out errors.
  double leave_one_out() const { return leave_one_out_; }

  double at(std::span<const double> u) const;
  /// d value / d u_i, of a linear one the same everywhere.
  double slope(std::size_t i, std::span<const double> u) const;
  /// Changes the slope of a linear one and moves the intercept so that the mean over the training rows stays.
  void set_slope(std::size_t i, double slope);
  /// The value in kLanes lanes, the inputs of which are clipped to lower[i] ... upper[i] first. `u` has a pointer an
  /// input.
  void at_lanes(std::span<const double* const> u, const double* lower, const double* upper, double* values) const;
  /// All numbers, exactly.
  std::string digest() const;

 private:
  ResidualDegree degree_ = ResidualDegree::linear;
  double penalty_ = 0.0;
  double leave_one_out_ = 0.0;
  std::vector<double> mean_;
  std::vector<double> scale_;
  /// Of 1, z_1, ..., then z_i z_j: row i of the upper triangle after the other.
  std::vector<double> weights_;
};

}  // namespace millrace
