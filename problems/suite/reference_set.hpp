#pragma once

#include <cstddef>
#include <string_view>

#include "engine/data/columns.hpp"

namespace millrace {

/// True where reference_set knows the front of a problem of the suite: all but water and re61. Throws for an unknown
/// name.
bool has_reference_set(std::string_view name);

/// About `count` (>= 2) well-spread points of the true Pareto front of a problem of the suite, count' x M: what IGD and
/// IGD+ are measured to. The same arguments give the same bits.
///
/// DTLZ1 to 4, their constrained, convex and scaled forms and WFG4 to 9: where rays along a simplex lattice meet the
/// front. WFG1 to 3: wfg_front.hpp. DTLZ5 to 7: dtlz_front.hpp. MaF: maf_front.hpp. ZDT: even in the first objective
/// along the pieces of the front (ZDT5: all its points). A lattice has at most `count` points, but one for each
/// objective at least; where the front has holes, a finer one makes up for what they take.
/// O(count M). Throws std::invalid_argument for an unknown name, a problem whose front is not known, count < 2 and a
/// number of objectives that the problem cannot have.
Columns reference_set(std::string_view name, std::size_t objectives, std::size_t count);

}  // namespace millrace
