#pragma once

#include <cstddef>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Parent-centric crossover.
struct PcxOptions {
  std::size_t parents = 10;
  std::size_t children = 2;
  /// Standard deviation along the line from the parents' mean to the child's own parent, as a share of its length.
  double zeta = 0.1;
  /// Standard deviation in each other direction that the parents span, as a share of their mean distance to that line.
  double eta = 0.1;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Groups `range` of a mating: each child is near one of its parents, drawn for it, and clipped to the bounds.
/// O(parents^2 d) a child; row q of the stream serves group q.
///
/// Deb, Joshi and Anand, "Real-coded evolutionary algorithms with parent-centric recombination", CEC 2002,
/// doi:10.1109/CEC.2002.1006210; defaults of Hadka and Reed 2013, doi:10.1162/EVCO_a_00075. Differs from the paper:
/// distances are measured in widths of the bounds (see parent_space.hpp), so that the units of the variables do not
/// matter.
void pcx(const PcxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range);

}  // namespace millrace
