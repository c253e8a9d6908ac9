#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/profile.hpp"
#include "engine/problem/evaluator.hpp"
#include "engine/run/budget.hpp"
#include "engine/run/hypervolume_monitor.hpp"
#include "engine/run/refinement_step.hpp"
#include "engine/run/run_archive.hpp"

namespace millrace {

/// How far a run is. Saved with every checkpoint.
struct Progress {
  std::uint64_t generation = 0;
  double seconds = 0.0;
};

class Observer;

/// What observers see after every generation.
struct Observation {
  const Progress& progress;
  const AnyAlgorithm& algorithm;
  const Evaluator& evaluator;
  const HypervolumeMonitor& hypervolume;
  /// Null where the run keeps none.
  const RunArchive* archive = nullptr;
  /// Null where nothing is refined.
  const RefinementStep* refinement = nullptr;
  /// All that watch, in the order in which they are shown a generation.
  std::span<Observer* const> observers = {};
};

/// Watches a run: progress lines, checkpoints, traces. Must not change anything that the run computes.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void after_generation(const Observation& observation) = 0;
  /// What it has seen so far, where that is part of a checkpoint. Those with such a state come before the
  /// CheckpointObserver, and are the same ones in the same order when the run continues.
  virtual void save(StateWriter&) const {}
  virtual void load(StateReader&) {}
};

struct RunOptions {
  Budget budget;
  /// Set from outside (a signal handler) to finish the generation and stop.
  const std::atomic<bool>* interrupt = nullptr;
};

/// Everything one run consists of; references must outlive it.
struct Run {
  AnyAlgorithm& algorithm;
  Evaluator& evaluator;
  Workers& workers;
  HypervolumeMonitor& hypervolume;
  std::span<Observer* const> observers;
  /// The one that the algorithm was set up with, or null.
  Profile* profile = nullptr;
  /// Shown every batch; needed for Budget::epsilon_stagnation, or null.
  RunArchive* archive = nullptr;
  /// Seeds of the setup whose results are known, or null: where individual i of the first batch has the decisions of
  /// row i, it takes its results from there and is neither evaluated nor counted.
  const Population* known = nullptr;
  /// Refines some of the offspring, or null.
  RefinementStep* refinement = nullptr;
};

/// Ask, evaluate, tell, until a limit is reached: the one loop that serves every algorithm. `progress` starts at zero
/// or where a checkpoint left off (load_checkpoint), and says at the end how far the run came.
StopReason run(Run run, const RunOptions& options, Progress& progress);

}  // namespace millrace
