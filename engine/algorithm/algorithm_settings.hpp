#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/algorithm/excursion_options.hpp"
#include "engine/algorithm/own_settings.hpp"
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
  /// Whether the run has a stage that searches beyond its constraints.
  ExcursionOptions excursion;
};

}  // namespace millrace
