#include "engine/select/corner_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace millrace {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kPenalty = 100.0;
constexpr double kOnAxis = 3e-3;
constexpr double kTrusted = 0.3;
constexpr double kSettled = 1.5;
constexpr double kMostChange = 1.03;
/// A range smaller than this share of the values it comes from is rounding noise.
constexpr double kSmallestRelativeRange = 1e-12;

bool usable(double range, double ideal) {
  return std::isfinite(range) && range > kSmallestRelativeRange * std::max(std::abs(ideal), kSmallestRelativeRange);
}

}  // namespace

CornerRanges::CornerRanges(std::size_t m)
    : ideal_(m, 0.0), range_(m, 1.0), worst_(m, -kInfinity), corners_(m * m, kInfinity), point_(m), best_(m) {}

void CornerRanges::restart() {
  std::fill(ideal_.begin(), ideal_.end(), 0.0);
  std::fill(worst_.begin(), worst_.end(), -kInfinity);
  std::fill(corners_.begin(), corners_.end(), kInfinity);
  trusted_once_ = settled_ = false;
}

void CornerRanges::update(const Population& pool, std::span<const Slot> newcomers) {
  if (newcomers.empty()) return;
  widen_bounds(pool, newcomers);
  improve_corners(pool, newcomers);
  settled_ = false;
  if (!corners_lie_on_axes()) return;
  trusted_once_ = true;
  approach_corners();
}

void CornerRanges::widen_bounds(const Population& pool, std::span<const Slot> newcomers) {
  for (std::size_t k = 0; k < ideal_.size(); ++k) {
    const double* f = pool.f.column_data(k);
    double best = worst_[k] == -kInfinity ? kInfinity : ideal_[k];
    double worst = worst_[k];
    for (const Slot i : newcomers) {
      best = std::min(best, f[i]);
      worst = std::max(worst, f[i]);
    }
    ideal_[k] = best;
    worst_[k] = worst;
    if (!trusted_once_ && usable(worst - best, best)) range_[k] = worst - best;
  }
}

double CornerRanges::scalarise(std::span<const double> y, double squares, std::size_t axis) const {
  const double distance = std::sqrt(std::max(0.0, squares - y[axis] * y[axis]));
  return y[axis] + kPenalty * std::max(0.0, distance - tolerance_);
}

void CornerRanges::improve_corners(const Population& pool, std::span<const Slot> newcomers) {
  const std::size_t m = ideal_.size();
  // The front may have become much smaller than the ranges in use: what is near an axis is measured by the corners.
  double scale = 1.0;
  for (std::size_t k = 0; k < m; ++k) scale = std::min(scale, extent(k) / range_[k]);
  tolerance_ = kOnAxis * scale;
  const auto place = [&](auto&& objective) {
    double squares = 0.0;
    for (std::size_t k = 0; k < m; ++k) {
      point_[k] = (objective(k) - ideal_[k]) / range_[k];
      squares += point_[k] * point_[k];
    }
    return squares;
  };
  double hardest = -kInfinity;  // the largest value that a newcomer has to beat on some axis
  for (std::size_t axis = 0; axis < m; ++axis) {
    const double squares = place([&](std::size_t k) { return corners_[axis * m + k]; });
    best_[axis] = std::isfinite(squares) ? scalarise(point_, squares, axis) : kInfinity;
    hardest = std::max(hardest, best_[axis]);
  }
  for (const Slot i : newcomers) {
    const double squares = place([&](std::size_t k) { return pool.f(i, k); });
    const double largest = *std::max_element(point_.begin(), point_.end());
    // No axis is nearer than that of the largest component: most newcomers end here.
    const double distance = std::sqrt(std::max(0.0, squares - largest * largest));
    if (kPenalty * (distance - tolerance_) >= hardest) continue;
    for (std::size_t axis = 0; axis < m; ++axis) {
      const double value = scalarise(point_, squares, axis);
      if (value >= best_[axis]) continue;
      best_[axis] = value;
      for (std::size_t k = 0; k < m; ++k) corners_[axis * m + k] = pool.f(i, k);
    }
    hardest = *std::max_element(best_.begin(), best_.end());
  }
}

bool CornerRanges::corners_lie_on_axes() const {
  const std::size_t m = ideal_.size();
  for (std::size_t k = 0; k < m; ++k) {
    if (!usable(extent(k), ideal_[k])) return false;
    for (std::size_t axis = 0; axis < m; ++axis)
      if (axis != k && !(corners_[axis * m + k] - ideal_[k] <= kTrusted * extent(k))) return false;
  }
  return true;
}

void CornerRanges::approach_corners() {
  double common = 0.0;
  double smallest = kInfinity;
  double largest = -kInfinity;
  for (std::size_t k = 0; k < range_.size(); ++k) {
    const double change = std::log(extent(k) / range_[k]);
    common += change / static_cast<double>(range_.size());
    smallest = std::min(smallest, change);
    largest = std::max(largest, change);
  }
  settled_ = largest - smallest <= std::log(kSettled);
  for (std::size_t k = 0; k < range_.size(); ++k) {
    const double shared = range_[k] * std::exp(common);
    range_[k] = std::clamp(extent(k), shared / kMostChange, shared * kMostChange);
  }
}

std::size_t CornerRanges::state_size() const {
  return ideal_.size() + range_.size() + worst_.size() + corners_.size() + 2;
}

void CornerRanges::get_state(std::span<double> out) const {
  auto at = out.begin();
  for (const auto* part : {&ideal_, &range_, &worst_, &corners_}) at = std::copy(part->begin(), part->end(), at);
  *at++ = trusted_once_ ? 1.0 : 0.0;
  *at = settled_ ? 1.0 : 0.0;
}

void CornerRanges::set_state(std::span<const double> in) {
  auto at = in.begin();
  for (auto* part : {&ideal_, &range_, &worst_, &corners_}) {
    std::copy_n(at, part->size(), part->begin());
    at += static_cast<std::ptrdiff_t>(part->size());
  }
  trusted_once_ = *at++ != 0.0;
  settled_ = *at != 0.0;
}

}  // namespace millrace
