#pragma once

#include <cstdint>
#include <string>

#include "engine/random/philox.hpp"
#include "operators/mating.hpp"

namespace millrace {

/// Uniform crossover, two parents to two children: each variable changes sides with probability 1/2.
struct UniformCrossoverOptions {
  /// That a pair crosses at all; otherwise its children are copies.
  double probability = 1.0;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Pairs `range` of a mating with two parents and two children a group, O(d) each.
/// Syswerda, "Uniform crossover in genetic algorithms", ICGA 1989. Variable j of pair q takes bit j % 64 of word j / 64
/// of row q.
void uniform_crossover(const UniformCrossoverOptions& options, const Mating& mating, StreamKey key, GroupRange range);

}  // namespace millrace
