#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace::reference {

inline constexpr double kNever = std::numeric_limits<double>::infinity();

/// w of the plane w . (row - origin) = 1 through the rows: Gauss with a full search for the pivot, in long double. Empty
/// where a row is not finite or there is no pivot left.
inline std::vector<double> plane_through(const std::vector<std::vector<double>>& rows,
                                         const std::vector<double>& origin) {
  const std::size_t m = origin.size();
  std::vector<std::vector<long double>> a(m, std::vector<long double>(m + 1, 1.0L));
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t k = 0; k < m; ++k) {
      if (!std::isfinite(rows[i][k])) return {};
      a[i][k] = static_cast<long double>(rows[i][k]) - static_cast<long double>(origin[k]);
    }
  std::vector<std::size_t> column(m);
  for (std::size_t k = 0; k < m; ++k) column[k] = k;
  for (std::size_t step = 0; step < m; ++step) {
    std::size_t row = step, at = step;
    for (std::size_t i = step; i < m; ++i)
      for (std::size_t k = step; k < m; ++k)
        if (std::abs(a[i][column[k]]) > std::abs(a[row][column[at]])) row = i, at = k;
    std::swap(a[step], a[row]);
    std::swap(column[step], column[at]);
    const long double pivot = a[step][column[step]];
    if (pivot == 0.0L) return {};
    for (std::size_t i = 0; i < m; ++i) {
      if (i == step) continue;
      const long double factor = a[i][column[step]] / pivot;
      for (std::size_t k = 0; k <= m; ++k) {
        const std::size_t c = k == m ? m : column[k];
        if (k >= step || k == m) a[i][c] -= factor * a[step][c];
      }
    }
  }
  std::vector<double> plane(m);
  for (std::size_t i = 0; i < m; ++i) plane[column[i]] = static_cast<double>(a[i][m] / a[i][column[i]]);
  return plane;
}

/// A range that is more than rounding noise of the values it comes from.
inline bool means_something(double range, double ideal) {
  return std::isfinite(range) && range > 1e-12 * std::max(std::abs(ideal), 1e-12);
}

/// NSGA-III's normalisation generation by generation, from its description: everything ever seen is kept.
class SlowNormaliser {
 public:
  explicit SlowNormaliser(std::size_t m) : ideal(m, 0.0), range(m, 1.0), extremes_(m, std::vector<double>(m, kNever)) {}

  void update(const Columns& f, std::span<const Slot> candidates, std::span<const Slot> first_front) {
    if (candidates.empty()) return;
    const std::size_t m = ideal.size();
    for (const Slot i : candidates) {
      seen_.emplace_back();
      for (std::size_t k = 0; k < m; ++k) seen_.back().push_back(f(i, k));
    }
    std::vector<double> worst(m, -kNever);
    for (std::size_t k = 0; k < m; ++k) {
      ideal[k] = kNever;
      for (const auto& point : seen_) {
        if (!std::isfinite(point[k])) continue;
        ideal[k] = std::min(ideal[k], point[k]);
        worst[k] = std::max(worst[k], point[k]);
      }
      if (ideal[k] == kNever) ideal[k] = 0.0;
    }
    for (std::size_t axis = 0; axis < m; ++axis) {
      double best = achievement(extremes_[axis], axis);
      for (std::size_t c = seen_.size() - candidates.size(); c < seen_.size(); ++c) {
        const double value = achievement(seen_[c], axis);
        if (value >= best) continue;
        best = value;
        extremes_[axis] = seen_[c];
      }
    }
    const std::vector<double> intercepts = intercept_ranges(worst, 0.0);
    for (const double noise : {1e-10, -1e-10}) {
      const std::vector<double> others = intercept_ranges(worst, noise);
      well_posed = well_posed && others.size() == intercepts.size();
      for (std::size_t k = 0; k < std::min(others.size(), intercepts.size()); ++k)
        well_posed = well_posed && std::abs(others[k] - intercepts[k]) <= 1e-6 * intercepts[k];
    }
    for (std::size_t k = 0; k < m; ++k) {
      range[k] = intercepts.empty() ? worst_of(f, first_front, k) - ideal[k] : intercepts[k];
      if (!means_something(range[k], ideal[k])) range[k] = worst_of(f, candidates, k) - ideal[k];
      if (!means_something(range[k], ideal[k])) range[k] = 1.0;
    }
  }

  std::vector<double> ideal, range;
  /// False once rounding could have decided whether there is a plane, or what its digits are.
  bool well_posed = true;

 private:
  /// Ranges from the plane through the extreme points, moved by a share `noise` of their size in turn up and down; none
  /// where there is no plane or it does not cut every axis.
  std::vector<double> intercept_ranges(const std::vector<double>& worst, double noise) const {
    std::vector<std::vector<double>> rows = extremes_;
    for (std::size_t axis = 0; axis < rows.size(); ++axis)
      for (std::size_t k = 0; k < rows.size(); ++k)
        rows[axis][k] += ((axis * 5 + k * 3) % 7 < 3 ? noise : -noise) * (worst[k] - ideal[k]);
    const std::vector<double> plane = plane_through(rows, ideal);
    std::vector<double> ranges;
    for (std::size_t k = 0; k < plane.size(); ++k) {
      if (!means_something(1.0 / plane[k], ideal[k])) return {};
      ranges.push_back(std::min(1.0 / plane[k], worst[k] - ideal[k]));
    }
    return ranges;
  }
  /// Infinite where an objective is.
  double achievement(const std::vector<double>& point, std::size_t axis) const {
    double largest = -kNever;
    for (std::size_t k = 0; k < point.size(); ++k) {
      if (!std::isfinite(point[k])) return kNever;
      double translated = point[k] - ideal[k];
      if (translated < 1e-3 * range[k]) translated = 0.0;
      largest = std::max(largest, k == axis ? translated : translated / 1e-6);
    }
    return largest;
  }
  static double worst_of(const Columns& f, std::span<const Slot> slots, std::size_t k) {
    double worst = -kNever;
    for (const Slot i : slots)
      if (std::isfinite(f(i, k))) worst = std::max(worst, f(i, k));
    return worst;
  }

  std::vector<std::vector<double>> seen_;
  std::vector<std::vector<double>> extremes_;
};

/// The ranges of decomposition, from the description of CornerRanges.
class SlowCornerRanges {
 public:
  explicit SlowCornerRanges(std::size_t m)
      : ideal(m, 0.0), range(m, 1.0), corners_(m, std::vector<double>(m, kNever)) {}

  void update(const Columns& f, std::span<const Slot> newcomers) {
    if (newcomers.empty()) return;
    const std::size_t m = ideal.size();
    for (const Slot i : newcomers) {
      seen_.emplace_back();
      for (std::size_t k = 0; k < m; ++k) seen_.back().push_back(f(i, k));
    }
    for (std::size_t k = 0; k < m; ++k) {
      double best = kNever, worst = -kNever;
      for (const auto& point : seen_) best = std::min(best, point[k]), worst = std::max(worst, point[k]);
      ideal[k] = best;
      if (!trusted_once_ && means_something(worst - best, best)) range[k] = worst - best;
    }
    double scale = 1.0;
    for (std::size_t k = 0; k < m; ++k) scale = std::min(scale, extent(k) / range[k]);
    for (std::size_t axis = 0; axis < m; ++axis) {
      double best = value(corners_[axis], axis, scale);
      for (std::size_t c = seen_.size() - newcomers.size(); c < seen_.size(); ++c) {
        const double here = value(seen_[c], axis, scale);
        if (here >= best) continue;
        best = here;
        corners_[axis] = seen_[c];
      }
    }
    settled = false;
    for (std::size_t k = 0; k < m; ++k) {
      if (!means_something(extent(k), ideal[k])) return;
      for (std::size_t axis = 0; axis < m; ++axis)
        if (axis != k && !(corners_[axis][k] - ideal[k] <= 0.3 * extent(k))) return;
    }
    trusted_once_ = true;
    approach();
  }

  std::vector<double> ideal, range;
  bool settled = false;

 private:
  double extent(std::size_t k) const { return corners_[k][k] - ideal[k]; }
  double value(const std::vector<double>& point, std::size_t axis, double scale) const {
    double off = 0.0;
    for (std::size_t k = 0; k < point.size(); ++k) {
      if (!std::isfinite(point[k])) return kNever;
      if (k != axis) off += std::pow((point[k] - ideal[k]) / range[k], 2);
    }
    return (point[axis] - ideal[axis]) / range[axis] + 100.0 * std::max(0.0, std::sqrt(off) - 3e-3 * scale);
  }
  /// Towards the corners: what all have in common at once, the rest by 3 % at most.
  void approach() {
    const double m = static_cast<double>(range.size());
    double common = 1.0, least = kNever, most = 0.0;
    for (std::size_t k = 0; k < range.size(); ++k) {
      const double change = extent(k) / range[k];
      common *= std::pow(change, 1.0 / m);
      least = std::min(least, change);
      most = std::max(most, change);
    }
    settled = most <= 1.5 * least;
    for (std::size_t k = 0; k < range.size(); ++k)
      range[k] = std::min(std::max(extent(k), range[k] * common / 1.03), range[k] * common * 1.03);
  }

  std::vector<std::vector<double>> seen_;
  std::vector<std::vector<double>> corners_;
  bool trusted_once_ = false;
};

}  // namespace millrace::reference
