#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace {

/// What is known of which part of the unit box a front dominates: points of the front, and halfspaces that hold all of
/// it. Both lists only grow.
class BoxMembership {
 public:
  explicit BoxMembership(std::size_t dimensions) : m_(dimensions) {}

  std::size_t points() const { return points_.size() / m_; }
  std::size_t halfspaces() const { return offsets_.size(); }

  /// A point of the front; no use where a known one is no worse.
  void add_point(std::span<const double> u);
  /// sum normal_k u_k >= offset everywhere; no use where it is known (to 1e-9 of the normal's sum).
  void add_halfspace(std::span<const double> normal, double offset);

  /// Number of the first point that is no worse than u, points() where there is none. O(points m).
  std::size_t dominating(std::span<const double> u) const;
  /// Whether a halfspace forbids u. O(halfspaces m).
  bool excluded(std::span<const double> u) const;
  /// The points as rows.
  Columns point_columns() const;

 private:
  std::size_t m_;
  std::vector<double> points_;
  std::vector<double> normals_;
  std::vector<double> offsets_;
};

}  // namespace millrace
