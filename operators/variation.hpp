#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "operators/differential.hpp"
#include "operators/pcx.hpp"
#include "operators/polynomial_mutation.hpp"
#include "operators/sbx.hpp"
#include "operators/spx.hpp"
#include "operators/undx.hpp"
#include "operators/uniform_crossover.hpp"

namespace millrace {

/// How children are made: a crossover, then polynomial mutation of every child. What that is for variables that are not
/// real, discrete_variation.hpp says.
struct VariationOptions {
  enum class Crossover { sbx, uniform, differential, pcx, spx, undx };
  Crossover crossover = Crossover::sbx;
  SbxOptions sbx{};
  UniformCrossoverOptions uniform{};
  DifferentialOptions differential{};
  PcxOptions pcx{};
  SpxOptions spx{};
  UndxOptions undx{};
  PolynomialMutationOptions mutation{};

  /// One sentence saying what is wrong with the chosen crossover or the mutation, or empty.
  std::string error() const;
};

/// Makes children from parents, a whole generation at a time, with SIMD and threads. The children depend on the
/// parents, the options, the seed, the generation and the position in `parents` and `children` only.
class Variation {
 public:
  /// Throws std::invalid_argument with VariationOptions::error() where the options contradict themselves.
  Variation(VariationOptions options, Bounds bounds, std::uint64_t seed);

  /// 2 for sbx and uniform; 4 for differential: target, r1, r2, r3; as the options say for pcx, spx and undx.
  std::size_t parents_per_group() const;
  /// 2 for sbx and uniform; 1 for differential; as the options say for pcx, spx and undx.
  std::size_t children_per_group() const;
  /// Parents that apply() wants for so many children: those of whole groups.
  std::size_t parents_for(std::size_t children) const;
  const VariationOptions& options() const { return options_; }

  /// Group q reads rows parents[q*p ..] and writes rows children[q*c ..] of x. `children` may end inside the last
  /// group: what has no slot is not made. No child slot is a parent slot or occurs twice. Two calls with the same
  /// generation use the same random numbers: who makes children in several calls gives each its own. Throws
  /// std::invalid_argument where the two lists do not make the same number of groups.
  void apply(DecisionRows& x, std::span<const Slot> parents, std::span<const Slot> children, std::uint32_t generation,
             Workers& workers) const;

 private:
  void cross(const Mating& mating, StreamKey key, GroupRange range) const;
  void cross_discrete(const Mating& mating, StreamKey key, GroupRange range) const;

  VariationOptions options_;
  Bounds bounds_;
  Bounds bounds_of_reals_;
  std::uint64_t seed_;
};

}  // namespace millrace
