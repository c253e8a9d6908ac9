#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/random/philox.hpp"
#include "operators/uniform_mutation.hpp"
#include "operators/variation.hpp"

namespace millrace {

/// Five crossovers, each followed by polynomial mutation, and uniform mutation; parameters of Hadka and Reed 2013.
struct BorgOperatorOptions {
  /// Except its eta of 30 instead of 15: better on DTLZ1 to 3, WFG4, ZDT2 and ZDT4, the same on ZDT1 and a water case.
  SbxOptions sbx{};
  DifferentialOptions differential{.f = 0.5, .cr = 0.1};
  PcxOptions pcx{};
  SpxOptions spx{};
  UndxOptions undx{};
  PolynomialMutationOptions mutation{};
  UniformMutationOptions uniform{};
  /// What each operator has in its favour besides its share of the archive, > 0.
  double zeta = 1.0;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// The operators of Borg: who is chosen how often, and the groups of one wave.
class BorgOperators {
 public:
  static constexpr std::size_t kOperators = 6;
  /// Uniform mutation, the operator that is no crossover: one parent, one child.
  static constexpr std::size_t kUniform = kOperators - 1;
  /// Label of an archive's member that none of them made.
  static constexpr std::uint32_t kNone = kOperators;

  /// Waves have up to `wave` children.
  BorgOperators(BorgOperatorOptions options, const Bounds& bounds, std::uint64_t seed, std::size_t wave);

  std::size_t parents_of(std::size_t op) const { return op == kUniform ? 1 : crossovers_[op].parents_per_group(); }
  std::size_t children_of(std::size_t op) const { return op == kUniform ? 1 : crossovers_[op].children_per_group(); }
  std::span<const double> probabilities() const { return probability_; }
  /// Probabilities in proportion to zeta and the members of the archive that each made.
  void learn(std::span<const std::uint32_t> labels);
  std::size_t choose(RowDraws& draws) const;

  /// Starts a wave.
  void clear();
  /// Adds a group of operator `op`: parents_of(op) parents and up to children_of(op) children (fewer in the wave's
  /// last group only).
  void add(std::size_t op, std::span<const Slot> parents, std::span<const Slot> children);
  /// Makes the children of all groups.
  void make(DecisionRows& x, std::uint32_t wave, Workers& workers) const;
  /// `rows` are copies of individuals: uniform mutation of each.
  void mutate(DecisionRows& x, std::span<const Slot> rows, std::uint32_t wave) const;

  void set_probabilities(std::span<const double> saved);

 private:
  struct Groups {
    std::vector<Slot> parents;
    std::vector<Slot> children;
  };

  BorgOperatorOptions options_;
  Bounds bounds_;
  std::uint64_t seed_;
  std::vector<Variation> crossovers_;
  std::array<Groups, kOperators> groups_;
  std::array<double, kOperators> probability_;
};

}  // namespace millrace
