#pragma once

#include <cstdint>

#include "engine/algorithm/state.hpp"
#include "engine/run/front.hpp"

namespace millrace {

/// Follows the hypervolume of a run's population, for the stopping rules. Part of a checkpoint, so that a resumed run
/// stops where the uninterrupted one does.
class HypervolumeMonitor {
 public:
  HypervolumeMonitor(const ProblemSpec& spec, double tolerance) : spec_(spec), tolerance_(tolerance) {}

  /// Measures the feasible part of `survivors`. Without a known box, that of the first measured front is kept.
  void observe(const Population& pool, std::span<const Slot> survivors, std::uint64_t generation, Workers& workers);

  /// Share of the reference box at the last observation.
  double current() const { return current_; }
  double best() const { return best_; }
  /// Generations since the hypervolume had risen by more than the tolerance (relative to its value at the last gain)
  /// or, while nothing is feasible, the least violation had fallen so.
  std::uint64_t generations_without_gain(std::uint64_t generation) const { return generation - last_gain_; }

  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  const ProblemSpec& spec_;
  double tolerance_;
  ReferenceBox box_;
  double current_ = 0.0;
  double best_ = 0.0;
  /// Values at the last gain.
  double gained_ = 0.0;
  double violation_ = kFailedViolation;
  std::uint64_t last_gain_ = 0;
};

}  // namespace millrace
