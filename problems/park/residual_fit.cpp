#include "problems/park/residual_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/data/tile.hpp"

namespace millrace {
namespace {

/// Of the width of the training box, on either side of it.
constexpr double kLinearMargin = 0.5;

std::vector<double> log_ratios(const QuantityData& data) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < data.rows(); ++i)
    ratios.push_back(std::log(data.measured[i] / data.quantity->mechanism(data.row(i))));
  return ratios;
}

/// Calls visit(point) for the corners (2 points an input) or the grid (3) of a box; ends where it returns false.
template <class Visit>
bool all_of_grid(std::span<const double> lower, std::span<const double> upper, std::size_t points, Visit&& visit) {
  std::array<double, kMostInputs> u{};
  std::size_t count = 1;
  for (std::size_t i = 0; i < lower.size(); ++i) count *= points;
  for (std::size_t index = 0; index < count; ++index) {
    std::size_t rest = index;
    for (std::size_t i = 0; i < lower.size(); ++i, rest /= points)
      u[i] = lower[i] + (upper[i] - lower[i]) * static_cast<double>(rest % points) / static_cast<double>(points - 1);
    if (!visit(std::span<const double>(u.data(), lower.size()))) return false;
  }
  return true;
}

/// d ln mechanism / d u_i by a difference that stays between lower and upper.
double log_slope(const ModelledQuantity& quantity, std::span<const double> u, std::size_t i, double lower,
                 double upper) {
  std::array<double, kMostInputs> at{};
  std::copy(u.begin(), u.end(), at.begin());
  const std::span<const double> point(at.data(), u.size());
  const double step = 1e-4 * (upper - lower);
  const double left = std::max(lower, u[i] - step);
  const double right = std::min(upper, u[i] + step);
  at[i] = right;
  const double high = std::log(quantity.mechanism(point));
  at[i] = left;
  return (high - std::log(quantity.mechanism(point))) / (right - left);
}

}  // namespace

FittedQuantity FittedQuantity::fit(const QuantityData& data) {
  FittedQuantity fitted;
  fitted.quantity_ = data.quantity;
  const std::size_t inputs = data.quantity->inputs.size();
  const std::vector<double> ratios = log_ratios(data);
  RidgePolynomial linear;
  try {
    linear = RidgePolynomial::fit(data.inputs, ratios, inputs, ResidualDegree::linear);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(
        fmt::format("{} of {}: {}", data.quantity->name, name_of(data.quantity->unit_kind), error.what()));
  }
  fitted.box_ = TrainingBox::of(data.inputs, inputs);
  // A stiffer quadratic residual may go the declared way where the best one does not.
  for (int exponent = RidgePolynomial::kLeastPenaltyExponent; exponent <= RidgePolynomial::kMostPenaltyExponent;) {
    fitted.residual_ = RidgePolynomial::fit(data.inputs, ratios, inputs, ResidualDegree::quadratic, exponent);
    if (!fitted.residual_.worth_more_than(linear)) break;
    fitted.set_guard();
    fitted.quadratic_refused_ = !fitted.goes_declared_way();
    if (!fitted.quadratic_refused_) return fitted;
    exponent = static_cast<int>(std::lround(std::log10(fitted.residual_.penalty()))) + 1;
  }
  fitted.residual_ = std::move(linear);
  fitted.set_guard();
  fitted.clamp_slopes();
  return fitted;
}

void FittedQuantity::set_guard() {
  const double margin = residual_.degree() == ResidualDegree::linear ? kLinearMargin : 0.0;
  guard_lower_.clear();
  guard_upper_.clear();
  for (std::size_t i = 0; i < quantity_->inputs.size(); ++i) {
    const double beyond = margin * (box_.upper[i] - box_.lower[i]);
    guard_lower_.push_back(std::max(quantity_->inputs[i].least, box_.lower[i] - beyond));
    guard_upper_.push_back(std::min(quantity_->inputs[i].most, box_.upper[i] + beyond));
  }
}

void FittedQuantity::clamp_slopes() {
  for (std::size_t i = 0; i < quantity_->inputs.size(); ++i) {
    const double sign = quantity_->inputs[i].direction;
    if (sign == 0.0 || guard_lower_[i] == guard_upper_[i]) continue;
    double least = std::numeric_limits<double>::infinity();
    all_of_grid(guard_lower_, guard_upper_, 2, [&](std::span<const double> u) {
      least = std::min(least, sign * log_slope(*quantity_, u, i, guard_lower_[i], guard_upper_[i]));
      return true;
    });
    if (sign * residual_.slope(i, guard_lower_) >= -least) continue;
    residual_.set_slope(i, -sign * least);
    clamped_.push_back(i);
  }
}

bool FittedQuantity::goes_declared_way() const {
  return all_of_grid(guard_lower_, guard_upper_, 3, [&](std::span<const double> u) {
    for (std::size_t i = 0; i < quantity_->inputs.size(); ++i) {
      const double sign = quantity_->inputs[i].direction;
      if (sign == 0.0 || guard_lower_[i] == guard_upper_[i]) continue;
      const double slope = log_slope(*quantity_, u, i, guard_lower_[i], guard_upper_[i]) + residual_.slope(i, u);
      if (sign * slope < 0.0) return false;
    }
    return true;
  });
}

double FittedQuantity::at(std::span<const double> u) const {
  std::array<double, kMostInputs> physical{};
  std::array<double, kMostInputs> guarded{};
  for (std::size_t i = 0; i < u.size(); ++i) {
    physical[i] = std::clamp(u[i], quantity_->inputs[i].least, quantity_->inputs[i].most);
    guarded[i] = std::clamp(u[i], guard_lower_[i], guard_upper_[i]);
  }
  return quantity_->mechanism({physical.data(), u.size()}) * std::exp(residual_.at({guarded.data(), u.size()}));
}

void FittedQuantity::factor_lanes(std::span<const double* const> u, double* factors) const {
  residual_.at_lanes(u, guard_lower_.data(), guard_upper_.data(), factors);
  for (std::size_t lane = 0; lane < kLanes; ++lane) factors[lane] = std::exp(factors[lane]);
}

void FittedQuantity::add_squared_excess(std::size_t i, const double* u, double* squares) const {
  const double lower = box_.lower[i];
  const double upper = box_.upper[i];
  const double scale = 1.0 / box_.width(i);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const double excess = std::max(std::max(lower - u[lane], u[lane] - upper), 0.0) * scale;
    squares[lane] += excess * excess;
  }
}

std::string FittedQuantity::digest() const {
  return fmt::format("{} box {:a} {:a} guard {:a} {:a} {}", quantity_->name, fmt::join(box_.lower, " "),
                     fmt::join(box_.upper, " "), fmt::join(guard_lower_, " "), fmt::join(guard_upper_, " "),
                     residual_.digest());
}

}  // namespace millrace
