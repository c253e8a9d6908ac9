#pragma once

#include <string>
#include <vector>

#include "problems/park/plant_data.hpp"
#include "problems/park/residual.hpp"

namespace millrace {

/// A quantity as mechanism(u) * exp(r(u)), r fitted to ln(measured / mechanism): positive whatever r is.
///
/// Guard rails: r is read at u clipped to the training box, which is widened by half of its width on either side for a
/// linear r and not at all for a quadratic one (and never beyond the physical least and most). A linear r has its
/// slopes moved until mechanism * exp(r) goes the declared way at every corner of that box; a quadratic r that goes
/// another way anywhere on a grid of 3 points an input is fitted with a larger penalty, and replaced by the linear one
/// where no penalty serves that leaves it better by leave-one-out.
class FittedQuantity {
 public:
  /// Throws std::invalid_argument with one sentence where there are fewer than inputs + 2 rows.
  static FittedQuantity fit(const QuantityData& data);

  const ModelledQuantity& quantity() const { return *quantity_; }
  const TrainingBox& box() const { return box_; }
  std::span<const double> guard_lower() const { return guard_lower_; }
  std::span<const double> guard_upper() const { return guard_upper_; }
  const RidgePolynomial& residual() const { return residual_; }
  /// Inputs whose slope the monotone clamp moved, by their index; and whether it took the quadratic form away.
  const std::vector<std::size_t>& clamped() const { return clamped_; }
  bool quadratic_refused() const { return quadratic_refused_; }

  /// Inputs beyond their physical least and most are taken at these.
  double at(std::span<const double> u) const;
  /// exp(r) in kLanes lanes; `u` has a pointer an input.
  void factor_lanes(std::span<const double* const> u, double* factors) const;
  double distance(std::span<const double> u) const { return box_.distance(u); }
  /// Adds the squares of what input i sticks out of the box, as a share of its width, in kLanes lanes.
  void add_squared_excess(std::size_t i, const double* u, double* squares) const;
  std::string digest() const;

 private:
  void set_guard();
  void clamp_slopes();
  bool goes_declared_way() const;

  const ModelledQuantity* quantity_ = nullptr;
  TrainingBox box_;
  std::vector<double> guard_lower_;
  std::vector<double> guard_upper_;
  RidgePolynomial residual_;
  std::vector<std::size_t> clamped_;
  bool quadratic_refused_ = false;
};

}  // namespace millrace
