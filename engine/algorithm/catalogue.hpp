#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/algorithm_settings.hpp"
#include "engine/algorithm/setup.hpp"

namespace millrace {

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
