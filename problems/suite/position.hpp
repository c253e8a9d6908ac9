#pragma once

#include <cstddef>
#include <string>

#include "engine/data/tile.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// The shape that DTLZ and WFG share: M - 1 position columns are unfolded one by one, each sharing `radius` between one
/// objective (its last one first) and the objectives that remain:
/// f_{M-i+1} = radius keep_1 .. keep_{i-1} leave_i for i = 1 .. M - 1, and f_1 = radius keep_1 .. keep_{M-1}.
///
/// `factors(i, keep, leave)` fills the 64 lanes of both factors of position i (from 0). `radius` is overwritten.
template <class Factors>
void unfold_position(double* radius, Outcome& outcome, Factors&& factors) {
  alignas(kAlignment) double keep[kLanes];
  alignas(kAlignment) double leave[kLanes];
  const std::size_t last = outcome.objectives() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    factors(i, keep, leave);
    double* f = outcome.objective(last - i);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      f[lane] = radius[lane] * leave[lane];
      radius[lane] *= keep[lane];
    }
  }
  double* first = outcome.objective(0);
  for (std::size_t lane = 0; lane < kLanes; ++lane) first[lane] = radius[lane];
}

/// Specification of a benchmark problem: objectives f1 .. fM without unit, a digest of name and sizes.
ProblemSpec suite_spec(std::string name, Bounds bounds, std::size_t objectives);

/// Adds a constraint g<number> without unit to `spec`.
void add_constraint(ProblemSpec& spec, double scale);

}  // namespace millrace
