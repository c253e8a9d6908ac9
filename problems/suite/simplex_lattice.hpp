#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"

namespace millrace {

/// The largest lattice of Das and Dennis (1998), DOI 10.1137/S1052623496307510, with at most `most` points: rows of m
/// multiples of 1 / h that sum to 1, in lexicographic order (m >= 1; at least the m corners). Where h < m, so that no
/// point lies inside, the largest lattice that keeps to `most` follows, drawn half way to the centre.
Columns simplex_lattice(std::size_t m, std::size_t most);

}  // namespace millrace
