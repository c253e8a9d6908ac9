#pragma once

#include <cstdint>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Simulated binary crossover, two parents to two children.
struct SbxOptions {
  /// That a pair crosses at all; otherwise its children are copies.
  double probability = 1.0;
  /// Distribution index, >= 0: the larger, the closer children stay to their parents.
  double eta = 30.0;
  /// That a variable of a crossing pair crosses. Rounded to a multiple of 1/2048, a positive one to at least 1/2048.
  double variable_probability = 0.5;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Bounded SBX of one pair: d variables, O(d). All rows start on 64 bytes and are padded with zeros to 8 doubles, like
/// decision rows; the padding of the children is zero too. `child2` may be nullptr: then only the first is written.
/// Children are inside the bounds if the parents are; variables equal in both parents, and so those whose bounds
/// coincide, are copied.
///
/// Deb and Agrawal, "Simulated binary crossover for continuous search space", Complex Systems 9 (1995) 115-148; bounded
/// form as in the NSGA-II code of Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017. Differs from the
/// paper: variable j of pair q takes everything from word j of row q (upper 52 bits the position in the distribution,
/// low bits the two coins); any difference between parents crosses, not only one above 1e-14; a power is exp(y log x).
void sbx(const SbxOptions& options, const Bounds& bounds, const double* parent1, const double* parent2, double* child1,
         double* child2, StreamKey key, std::uint32_t pair);

/// The same for pairs `range` of a mating with two parents and two children a group.
void sbx(const SbxOptions& options, const Bounds& bounds, const Mating& mating, StreamKey key, GroupRange range);

}  // namespace millrace
