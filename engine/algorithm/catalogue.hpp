#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/own_settings.hpp"
#include "engine/algorithm/setup.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

/// What the algorithms have in common, for callers that choose one by name.
struct AlgorithmSettings {
  std::size_t population = 100;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;
  /// Generations that the budget allows, for algorithms with a schedule; empty where no limit implies a number. It is
  /// a plan and no promise: a run may stop before it or go on after it.
  std::optional<std::uint64_t> planned_generations;
  OwnSettings own;
};

struct AlgorithmEntry {
  std::string_view name;
  std::string_view description;
  /// Whether survivors() are always as many as AlgorithmSettings::population and every batch is as large. Otherwise
  /// they may be fewer (an individual that serves several subproblems) or more (an archive).
  bool fixed_size;
  std::string (*error)(const AlgorithmSettings&);
  AnyAlgorithm (*make)(Setup, const AlgorithmSettings&);
  /// make throws std::invalid_argument for problems with more.
  std::size_t most_objectives = std::numeric_limits<std::size_t>::max();
  /// Which of the OwnSettings it reads, by the names of the command line.
  std::span<const std::string_view> own{};
};

/// Every algorithm, by name.
std::span<const AlgorithmEntry> algorithm_entries();

/// The algorithm for whoever names none: SMS-EMOA up to five objectives and 300 individuals, where its contributions
/// cost little, else AGE-MOEA-II. Both lead the comparison in docs/comparison.md.
std::string_view default_algorithm(std::size_t objectives, std::size_t population);

/// The entry of that name, or nullptr.
const AlgorithmEntry* find_algorithm(std::string_view name);

}  // namespace millrace
