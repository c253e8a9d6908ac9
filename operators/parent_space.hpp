#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Parents that a crossover over the space they span may have.
inline constexpr std::size_t kMostParents = 32;

/// One sentence where a crossover of that name cannot have so many parents or children a group, or empty.
std::string parent_space_error(const char* name, std::size_t fewest, std::size_t parents, std::size_t children);

/// A vector by its coefficients: one a parent.
using Coefficients = std::array<double, kMostParents>;

/// A standard normal pair from two words (Box and Muller 1958, doi:10.1214/aoms/1177706645).
std::array<double, 2> normal_pair(RowDraws& draws);
/// `count` independent standard normal coefficients; uses an even number of words.
Coefficients normal_coefficients(RowDraws& draws, std::size_t count);

/// The rows of the parents of one group, in an order of the crossover's choice.
struct ParentRows {
  ParentRows(const Mating& mating, std::size_t group, std::size_t parents);
  std::array<const double*, kMostParents> row;
  std::size_t count;
};

/// child = parent 0 + the sum of weight k times (parent k - parent 0), clipped to the bounds: an affine combination
/// where the weights sum to 1. What all parents have in common stays to the last bit. O(parents d).
void combine(const ParentRows& parents, const Coefficients& weights, const Bounds& bounds, double* child);
/// The same, plus what stands in the child, in widths of the bounds.
void combine_and_add(const ParentRows& parents, const Coefficients& weights, const Bounds& bounds, double* child);

/// The space spanned by the deviations of parents from the mean of the first `centred` of them, as an orthonormal
/// basis that is never written out: basis vector a is what deviation a adds to those before it (Gram and Schmidt), and
/// everything about it follows from the inner products of the deviations, by a Cholesky factorisation.
///
/// Distances are measured in widths of the bounds, so that they mean the same whatever the units; variables that are
/// fixed do not count. A deviation that adds less than 1e-6 of its length adds nothing: its basis vector is 0.
/// O(parents^2 d + parents^3).
class ParentSpace {
 public:
  ParentSpace(const ParentRows& parents, std::size_t centred, const Bounds& bounds);

  /// Coordinate of deviation k along basis vector a <= k; coordinate(a, a) is what it adds, 0 where nothing.
  double coordinate(std::size_t k, std::size_t a) const { return lower_[k][a]; }
  double length(std::size_t k) const;
  /// From coordinates along basis vectors 0 .. count-1 to coefficients of the deviations. O(count^2).
  Coefficients deviations_of(Coefficients coordinates, std::size_t count) const;
  /// Coordinates along basis vectors 0 .. count-1 of a row in widths of the bounds. O(parents d).
  Coefficients coordinates_of(const double* row, std::size_t count) const;

 private:
  void add_products();
  void factorise();

  ParentRows parents_;
  std::size_t centred_;
  const Bounds& bounds_;
  /// First the inner products of the deviations, then the factor: row k holds the coordinates of deviation k.
  std::array<std::array<double, kMostParents>, kMostParents> lower_;
};

}  // namespace millrace
