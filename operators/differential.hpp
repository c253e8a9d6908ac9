#pragma once

#include <cstdint>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Differential evolution: parents target, r1, r2, r3 to one child.
struct DifferentialOptions {
  enum class Scheme {
    /// Mutant r1 + f (r2 - r3), mixed with the target variable by variable (binomial crossover).
    rand_1_bin,
    /// Mutant target + k (r1 - target) + f (r2 - r3) in every variable: does not depend on the axes.
    current_to_rand_1
  };
  /// Where a mutant that leaves the box is put.
  enum class Outside {
    /// Uniform between the bound it crossed and the vector it started from (r1, or the target).
    bounce_back,
    /// On the bound.
    clip
  };
  Scheme scheme = Scheme::rand_1_bin;
  Outside outside = Outside::bounce_back;
  /// Scale of the difference, > 0.
  double f = 0.5;
  /// That a variable comes from the mutant; one variable always does. Of rand_1_bin only.
  double cr = 1.0;
  /// Step towards r1, of current_to_rand_1 only.
  double k = 0.5;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Groups `range` of a mating with four parents and one child a group, O(d) each.
///
/// Storn and Price 1997, doi:10.1023/A:1008202821328; bounce-back as in Price, Storn and Lampinen 2005,
/// doi:10.1007/3-540-31306-0. Differs from the paper: variable j of group q takes both its coin and its bounce from
/// word j of row q (given that u < cr, u / cr is uniform again), so a word serves a variable.
void differential(const DifferentialOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key,
                  GroupRange range);

}  // namespace millrace
