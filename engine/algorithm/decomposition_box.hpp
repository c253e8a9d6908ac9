#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/algorithm/state.hpp"
#include "engine/data/population.hpp"
#include "engine/select/corner_ranges.hpp"
#include "engine/select/reference_directions.hpp"

namespace millrace {

/// One direction a subproblem for so many individuals: those of NSGA-III (nsga3_directions). With one objective all
/// subproblems are the same, and the population is one of neighbours in a ring.
ReferenceDirections subproblem_directions(std::size_t objectives, std::size_t population);

/// Where decomposition measures objectives from, and what it divides them by (CornerRanges), or ones.
class DecompositionBox {
 public:
  DecompositionBox(std::size_t objectives, bool normalise);

  /// From every newcomer who is not failed; once there are feasible individuals, from them alone: what is infeasible
  /// may lie far below the front.
  void update(const Population& pool, std::span<const Slot> newcomers);

  std::span<const double> ideal() const { return ranges_.ideal(); }
  /// m entries > 0.
  std::span<const double> scale() const { return scale_; }
  /// `theta`, more while ranges are not settled: ranges that differ from the true ones by more than theta let
  /// subproblems leave their end of the front for good.
  double penalty(double theta) const;

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  bool normalise_;
  CornerRanges ranges_;
  /// Whether the ranges are those of feasible individuals.
  bool ranges_are_feasible_ = false;
  std::vector<double> scale_;
  std::vector<Slot> some_;
  mutable std::vector<double> ranges_state_;
};

}  // namespace millrace
