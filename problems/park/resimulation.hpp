#pragma once

#include <cstddef>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "problems/park/park_case.hpp"
#include "problems/park/park_system.hpp"

namespace millrace {

/// An objective that moves by more than this share of itself (of one unit, where it is smaller) was not balanced.
inline constexpr double kKept = 1e-6;

struct Resimulation {
  std::size_t designs = 0;
  /// Of these, designs with an objective that moved by more than kKept.
  std::size_t moved = 0;
  /// The largest move, relative, and whose it is.
  double worst = 0.0;
  Slot worst_design = 0;
};

/// Balances designs again, with ten times the sweeps of `options` and until nothing moves but by rounding, and compares
/// objectives with those that `designs` holds. `seasons`: decisions are those of a SeasonalParkProblem. A result that is
/// not finite counts as moved by infinity. Throws as make_park_system.
Resimulation resimulate(const ParkCase& park, ParkOptions options, bool seasons, const Population& designs,
                        Workers& workers);

}  // namespace millrace
