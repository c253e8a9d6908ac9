#pragma once

#include <cstdint>
#include <functional>

#include "engine/algorithm/catalogue.hpp"
#include "engine/algorithm/profile.hpp"
#include "engine/run/loop.hpp"

namespace millrace::bench {

/// A whole run without checkpoints, advanced a few generations at a time so that it can take turns with others.
class TimedRun {
 public:
  using Make = std::function<AnyAlgorithm(Setup)>;

  /// `profile` says where the time goes, or is null.
  TimedRun(AnyProblem problem, const Make& make, std::uint64_t seed, std::size_t threads, Profile* profile = nullptr);

  /// The next `generations` of ask, evaluate, tell; the first of all samples.
  void advance(std::uint64_t generations);

  const Population& pool() const { return algorithm_.pool(); }
  std::span<const Slot> survivors() const { return algorithm_.survivors(); }
  /// Objectives of the survivors.
  Columns objectives() const { return extract(pool(), survivors()).f; }

 private:
  Workers workers_;
  Evaluator evaluator_;
  AnyAlgorithm algorithm_;
  HypervolumeMonitor hypervolume_;
  Progress progress_;
  Profile* profile_;
};

}  // namespace millrace::bench
