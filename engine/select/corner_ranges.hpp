#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/population.hpp"

namespace millrace {

/// Ideal point and ranges of the objectives for decomposition, where the ranges decide which points stay and the points
/// decide the ranges: taken from the worst or the extreme points of the population, they run away from each other until
/// an objective is lost.
///
/// The corner of axis k is the best point seen by y_k + 100 max(0, d - t), where y = (f - ideal) / range, d is its
/// distance from the axis and t a distance of 0.003 of the front. Corners are trusted where they lie near their axes on
/// the scale that they set themselves: no other objective of a corner above 0.3 of what the corner of that objective
/// has. Until they first are, a range is the worst value ever seen minus the ideal, which cannot shrink. From then on
/// ranges move towards those of trusted corners, each by at most 3 % a call beyond what all have in common (a common
/// factor changes no comparison), and stand still where the corners are no longer trusted.
class CornerRanges {
 public:
  explicit CornerRanges(std::size_t m);

  /// newcomers: slots that were not shown before, with finite objectives. O(n M + M^2), M^2 for a possible corner.
  void update(const Population& pool, std::span<const Slot> newcomers);
  /// Forgets every point; ranges stay as they are until points are seen.
  void restart();

  /// Component-wise best so far, m entries; 0 before the first point.
  std::span<const double> ideal() const { return ideal_; }
  /// m entries, finite and > 0; 1 where an objective has had one value only.
  std::span<const double> range() const { return range_; }
  /// Whether the corners are trusted and the ranges lie within a factor of 1.5 of theirs, in relation to each other.
  bool settled() const { return settled_; }

  /// Everything that update() carries from call to call, for checkpoints: state_size() doubles.
  std::size_t state_size() const;
  void get_state(std::span<double> out) const;
  void set_state(std::span<const double> in);

 private:
  double scalarise(std::span<const double> y, double squares, std::size_t axis) const;
  void widen_bounds(const Population& pool, std::span<const Slot> newcomers);
  void improve_corners(const Population& pool, std::span<const Slot> newcomers);
  bool corners_lie_on_axes() const;
  void approach_corners();
  double extent(std::size_t k) const { return corners_[k * ideal_.size() + k] - ideal_[k]; }

  std::vector<double> ideal_;
  std::vector<double> range_;
  /// Component-wise worst so far, minus infinity before the first point.
  std::vector<double> worst_;
  /// Row k: objectives of the corner of axis k; infinite before there is one.
  std::vector<double> corners_;
  bool trusted_once_ = false;
  bool settled_ = false;
  /// Work: a point in the box, the value of each corner, and the distance from an axis that counts as none.
  std::vector<double> point_;
  std::vector<double> best_;
  double tolerance_ = 0.0;
};

}  // namespace millrace
