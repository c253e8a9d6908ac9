#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace millrace {

/// When a run ends: at the first limit that is reached, checked after every generation.
struct Budget {
  /// Populations evaluated, the sampled one included: population x generations evaluations for generational algorithms.
  std::optional<std::uint64_t> generations;
  std::optional<std::uint64_t> evaluations;
  /// Wall-clock time, that of earlier parts of a resumed run included. The only limit that is not reproducible.
  std::optional<double> seconds;
  /// Hypervolume to reach, as a share of the problem's reference box (needs ProblemSpec::reference_ideal and nadir).
  std::optional<double> target_hypervolume;
  /// Generations without a gain in hypervolume of more than `stagnation_tolerance` of the best so far.
  std::optional<std::uint64_t> stagnation;
  double stagnation_tolerance = 1e-4;
  /// Generations without epsilon-progress (needs an archive that follows it: ArchiveOptions::progress).
  std::optional<std::uint64_t> epsilon_stagnation;
  /// Share of failed evaluations (not finite, or an exception) above which a run stops.
  double failed_share = 0.5;

  bool needs_hypervolume() const { return target_hypervolume.has_value() || stagnation.has_value(); }
  /// One sentence where a limit is out of its range or there is none, else empty.
  std::string error() const;
};

enum class StopReason {
  generations,
  evaluations,
  seconds,
  target,
  stagnation,
  epsilon_stagnation,
  interrupted,
  failures
};

std::string_view name_of(StopReason reason);

}  // namespace millrace
