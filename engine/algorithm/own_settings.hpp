#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/select/decomposition.hpp"

namespace millrace {

/// Settings that only some algorithms have. Empty stands for the algorithm's default; AlgorithmEntry::own names those
/// that an algorithm reads.
struct OwnSettings {
  /// MOEA/D.
  std::optional<Scalarisation> scalarisation;
  /// Penalty of distance from a direction: MOEA/D with pbi, MOEA/DD, theta-DEA.
  std::optional<double> theta;
  /// MOEA/D, MOEA/DD: subproblems that mate with each other.
  std::optional<std::size_t> neighbourhood;
  /// MOEA/D, MOEA/DD: chance that a mating stays in the neighbourhood.
  std::optional<double> delta;
  /// MOEA/D: most subproblems that one child takes over.
  std::optional<std::size_t> replacement_limit;
  /// MOEA/D, MOEA/DD, theta-DEA: whether objectives are divided by their ranges.
  std::optional<bool> normalise;
  /// MOEA/D-DRA.
  std::optional<bool> dynamic_allocation;
  /// RVEA: how soon convergence gives way to diversity.
  std::optional<double> alpha;
  /// SMS-EMOA, MOEA/D: children that are evaluated together.
  std::optional<std::size_t> batch;
  /// Borg: sides of the boxes, one for each objective or one for all.
  std::vector<double> epsilons;
};

}  // namespace millrace
