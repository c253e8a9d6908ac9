#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/data/aligned.hpp"
#include "engine/data/columns.hpp"

namespace millrace {

/// Room past the last point of every array: whole vectors are read and written.
inline constexpr std::size_t kSlack = 16;

/// Points of three objectives that reach into a box, sorted by z, and memory of that size to work in.
struct BoxPoints {
  explicit BoxPoints(std::size_t capacity) {
    for (auto* values : {&x, &y, &z, &work[0], &work[1]}) values->resize(capacity + kSlack);
  }
  std::size_t count = 0;
  AlignedVector<double> x, y, z, work[2];
};

/// Mutually non-dominated points of three objectives, sorted by z. From `count` on entries are NaN, which compares
/// false.
struct FrontOfThree {
  explicit FrontOfThree(std::size_t capacity);
  void clear();
  std::size_t count = 0;
  AlignedVector<double> x, y, z;
  std::vector<std::size_t> dominated;
};

/// Points of k objectives as columns 0 .. k-1, then a column of turns and one of identities.
///
/// Stored in the order of objective k-2. The turn of a point is its place in the order of objective k-1; past the last
/// point it is NaN, which compares false. The identity is the row of the point in the table of places.
struct PointSet {
  PointSet(std::size_t objectives, std::size_t capacity)
      : columns(capacity + kSlack, objectives + 2), turns(objectives), identities(objectives + 1) {}
  double* column(std::size_t k) { return columns.column_data(k); }
  const double* column(std::size_t k) const { return columns.column_data(k); }
  const double* turn() const { return columns.column_data(turns); }
  void close();

  std::size_t count = 0;
  Columns columns;
  std::size_t turns;
  std::size_t identities;
};

/// What one depth of the recursion, with k objectives, works in.
struct Depth {
  Depth(std::size_t objectives, std::size_t capacity);
  std::vector<double> lower;     ///< Corner of the box: the point whose volume is asked for.
  std::vector<double> upper;     ///< Beyond here one other point covers all of the box.
  AlignedVector<double> bounds;  ///< `upper` while it is a vector wide.
  PointSet limited;              ///< The other points clamped to the box, in the order of objective k-1.
  PointSet front;                ///< Those of them that matter, in the same order.
  PointSet sorted;               ///< The same in the order of objective k-2, for the next depth.
};

/// Memory of one thread for hypervolumes of at most `objectives` objectives and `points` points.
struct HypervolumeMemory {
  HypervolumeMemory(std::size_t objectives, std::size_t points);
  std::vector<Depth> depths;  ///< depths[k] for k objectives; the first four hold no points.
  PointSet earlier;           ///< What a block of points still sees of the outermost set, of one objective more.
  FrontOfThree swept;
  BoxPoints box;
  std::vector<std::uint64_t> occupied;  ///< A bit a place, all zero between uses.
  std::vector<std::uint32_t> at_place;  ///< Which point of a set holds the place.
};

/// places[k][i] is the position of point i in the order of objective k, ties by index. Clamping keeps such an order
/// valid at every depth, so nothing is sorted twice.
using Places = std::vector<std::vector<std::uint32_t>>;

}  // namespace millrace
