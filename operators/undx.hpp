#pragma once

#include <cstddef>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Unimodal normal distribution crossover, extended to many parents (UNDX-m with m = parents - 2).
struct UndxOptions {
  std::size_t parents = 10;
  std::size_t children = 2;
  /// Standard deviation along each direction that all parents but the last span, as a share of a parent's distance to
  /// their mean.
  double zeta = 0.5;
  /// Standard deviation in all other directions together, as a share of the last parent's distance to that space: in
  /// each it is this divided by sqrt(d).
  double eta = 0.35;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Groups `range` of a mating: children are normally distributed about the mean of all parents but the last, and
/// clipped to the bounds. O(parents^2 d) a group and O(parents d) a child; row q of the stream serves group q.
///
/// Kita, Ono and Kobayashi, "Multi-parental extension of the unimodal normal distribution crossover for real-coded
/// genetic algorithms", CEC 1999, doi:10.1109/CEC.1999.782672; default parameters of Hadka and Reed 2013,
/// doi:10.1162/EVCO_a_00075. Differs from the paper: distances are measured in widths of the bounds (see
/// parent_space.hpp), so that the units of the variables do not matter. The basis of the other directions is never
/// made: a normal vector less its part in the parents' space has the same distribution.
void undx(const UndxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range);

}  // namespace millrace
