#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Adaptive normalisation of NSGA-III: Deb and Jain 2014, section IV-C, doi:10.1109/TEVC.2013.2281535.
///
/// Ideal point over all candidates ever seen; extreme point of axis j by the smallest achievement scalarising value
/// with weight 1 on j and 1e-6 elsewhere, where last generation's extreme points compete; hyperplane through the
/// extreme points; its intercepts are the nadir estimate. O(candidates M + M^3), M^2 for a candidate that may be
/// extreme.
///
/// Differs from the paper: translated values below 1e-3 of the last range count as 0 in the scalarising function, so
/// that extreme points lie on the front. In what it leaves open: where the plane does not exist or an intercept is not
/// finite or not above the ideal, the nadir estimate is the worst of the first front; an objective in which that has no
/// range takes the worst of the candidates, and then the range 1. An intercept is never beyond the worst value seen so
/// far (a nearly singular plane would otherwise drop an objective). Infinite objective values take no part in any of
/// it.
class Normaliser {
 public:
  explicit Normaliser(std::size_t m);

  /// candidates: the feasible slots that compete for survival; first_front: the non-dominated of them. With no
  /// candidate nothing changes. O(n M); the answer does not depend on the number of threads.
  void update(const Population& pool, std::span<const Slot> candidates, std::span<const Slot> first_front,
              Workers& workers);

  /// Component-wise best so far, m entries; 0 for an objective of which no finite value was seen.
  std::span<const double> ideal() const { return ideal_; }
  /// Intercept minus ideal, m entries, all finite and > 0; 1 before the first update.
  std::span<const double> range() const { return range_; }

  /// Everything that update() carries from call to call, for checkpoints: state_size() doubles.
  std::size_t state_size() const;
  void get_state(std::span<double> out) const;
  void set_state(std::span<const double> in);

 private:
  void widen_bounds(const Population& pool, std::span<const Slot> candidates, Workers& workers);
  void update_extremes(const Population& pool, std::span<const Slot> candidates, Workers& workers);
  /// Lets a candidate become the extreme point of the axes on which it is better.
  void compete(const Population& pool, Slot candidate);
  bool intercepts_from_plane();

  std::vector<double> ideal_;
  std::vector<double> range_;
  /// Component-wise worst finite value so far, minus infinity where there was none.
  std::vector<double> worst_;
  /// Row j: objectives of the extreme point of axis j; infinite before there is one.
  std::vector<double> extremes_;
  /// Work: a translated point, and the smallest scalarising value of each axis.
  std::vector<double> point_;
  std::vector<double> best_;
  /// Work: bounds of blocks of candidates, and which candidates have a chance to become extreme.
  std::vector<double> block_bounds_;
  std::vector<std::uint8_t> competes_;
};

}  // namespace millrace
