#pragma once

#include <cstddef>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Simplex crossover.
struct SpxOptions {
  std::size_t parents = 10;
  std::size_t children = 2;
  /// Size of the simplex of the children as a multiple of the parents', > 0. The parents' variance is kept by
  /// sqrt(parents + 1).
  double expansion = 3.0;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Groups `range` of a mating: each child is uniform in the simplex of its parents, expanded about their centre, and
/// clipped to the bounds. O(parents d) a child; row q of the stream serves group q.
///
/// Tsutsui, Yamamura and Higuchi, "Multi-parent recombination with simplex crossover in real coded genetic algorithms",
/// GECCO 1999, 657-664; default expansion of Hadka and Reed 2013, doi:10.1162/EVCO_a_00075.
void spx(const SpxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range);

}  // namespace millrace
