#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Ideal and nadir in which objectives are measured, minimised, one value an objective each. Empty: those of the front.
struct ObjectiveBox {
  std::vector<double> ideal;
  std::vector<double> nadir;
};

/// A front (n x m, minimised) in units of a box, 0 at its ideal and 1 at its nadir, so that tonnes and cubic metres
/// count alike: what every method of choice works on. Values outside 0 .. 1 occur where the box is not the front's own.
///
/// An objective that does not tell the solutions apart, because it is constant or because its differences are lost in
/// the rounding of a huge box, varies not and takes no part in any choice.
class ScaledFront {
 public:
  /// O(n m). Throws std::invalid_argument where the front has no row or no column or a value that is not finite, or the
  /// box has another number of objectives, an ideal that is not below its nadir, or is 1e100 times too
  /// small for the front.
  explicit ScaledFront(const Columns& f, ObjectiveBox box = {});

  std::size_t size() const { return y_.rows(); }
  std::size_t objectives() const { return y_.columns(); }
  double operator()(std::size_t i, std::size_t k) const { return y_(i, k); }
  std::span<const double> column(std::size_t k) const { return y_.column(k); }
  /// The objectives that tell the solutions apart, ascending.
  std::span<const std::size_t> varying() const { return varying_; }
  const ObjectiveBox& box() const { return box_; }

  /// A value of objective k, which must vary, in units of the box.
  double scaled(std::size_t k, double value) const;
  /// The better of the box's ideal and the best of the front, and the worse of its nadir and the worst of the front: the
  /// corners between which all solutions lie. 0 and 1 in the front's own box.
  double best(std::size_t k) const { return best_[k]; }
  double worst(std::size_t k) const { return worst_[k]; }

 private:
  ObjectiveBox box_;
  Columns y_;
  std::vector<double> best_;
  std::vector<double> worst_;
  std::vector<std::size_t> varying_;
};

/// Row of the greatest and of the least score, the first of equals.
Slot first_greatest(std::span<const double> scores);
Slot first_least(std::span<const double> scores);

}  // namespace millrace
