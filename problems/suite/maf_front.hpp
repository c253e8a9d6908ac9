#pragma once

#include <cstddef>

#include "engine/data/columns.hpp"

namespace millrace {

/// About `count` points of the true front of MaF1 to MaF15, spread as in the reference sets of the competition at CEC
/// 2018, so that IGD to them compares with published values: a lattice of the simplex is carried over to the front
///   MaF1, 14       1 - w and w itself
///   MaF2           along rays, the points with all angles in [pi/8, 3 pi/8] of a lattice fine enough; with more than 5
///                  objectives, where hardly any are, the cosines of all angles drawn into that range instead
///   MaF3           a_i = w_i for i < M, a_M = w_M^2, over their sum; then a_i^2 for i < M
///   MaF4, 15       1 less the point of the sphere along w (MaF4: times 2^i)
///   MaF5, 12       the point of the sphere along w, times 2^(M + 1 - i) and 2 i
///   MaF10, 11      along rays (wfg_front.hpp)
///   MaF13          the sphere of the first three objectives
/// and MaF6 and 7 are as in dtlz_front.hpp, MaF8 and 9 the points of a square grid inside the polygon. O(count M).
/// Throws std::invalid_argument where `number` is not 1 to 15 or there are too few objectives for the problem.
Columns maf_front(int number, std::size_t objectives, std::size_t count);

/// Makes points with `make(size)`, which leaves out some, with ever larger sizes until nine tenths of `count` remain;
/// sizes up to 800 count.
template <class Make>
Columns refined(std::size_t count, Make&& make) {
  Columns points = make(count);
  for (std::size_t size = count; points.rows() * 10 < count * 9 && size <= 100 * count;) {
    const std::size_t wanted = points.rows() == 0 ? 8 * size : size * count / points.rows();
    size = wanted < 8 * size ? wanted : 8 * size;
    points = make(size);
  }
  return points;
}

}  // namespace millrace
