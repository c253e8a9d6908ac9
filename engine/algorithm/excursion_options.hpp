#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace millrace {

/// A stage of a run that searches as if there were no constraints, to find what lies beyond infeasible ground.
struct ExcursionOptions {
  /// Share of the run that it takes, from 0 (there is none) to 0.5; it begins after 0.4 of the run.
  double share = 0.0;
  /// How long the run will be, whichever is reached first; one of them where share is above 0.
  std::optional<std::uint64_t> generations;
  std::optional<std::uint64_t> evaluations;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

}  // namespace millrace
