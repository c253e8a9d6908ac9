#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/linear_form.hpp"

namespace millrace {

/// How far each point of a front is from the exact one, with both halves of the proof. One entry a point.
struct Certificate {
  /// All objectives can improve together by this share (of the range, or of the way to the ideal point): `objectives`
  /// and `decisions` do it.
  std::vector<double> gap;
  /// No solution improves all of them by more: a linear combination of the objectives has a least value that forbids it
  /// (dual_bound), whatever the solver did. gap <= bound, and equal but for rounding.
  std::vector<double> bound;
  /// How much `objectives` improves the one objective that it improves most, as a share of the range. 0 where, and only
  /// where, the point is efficient: a gap of 0 alone leaves room in some objectives at no cost to the others.
  std::vector<double> largest_improvement;
  /// An efficient solution that is no worse in any objective.
  Columns objectives;
  DecisionRows decisions;
  std::size_t programs = 0;
};

/// The largest s with f(x) <= point - s * range for a feasible x, for every row of `points`. 0 where, and only where,
/// the point is at least weakly efficient; below 0 only where no feasible solution is that good. A row that is not
/// finite has an infinite gap and keeps its values. An objective of range 0 is only kept from getting worse.
///
/// Two programs a point, each started from a neighbour's basis; parallel in blocks: the same bits for any number of
/// threads. Throws as FrontProjector does.
Certificate certify(const LinearForm& form, std::span<const double> range, const Columns& points, Workers& workers);

/// The same, each point along its own way to the ideal point: f(x) <= point - s * (point - ideal). What is best already
/// stays, the trade-off that the point stands for is kept, and s = 1 would be the ideal point itself.
Certificate polish(const LinearForm& form, std::span<const double> ideal, std::span<const double> range,
                   const Columns& points, Workers& workers);

}  // namespace millrace
