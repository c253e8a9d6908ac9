#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "cli/sweep/sweep_plan.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/run/front.hpp"
#include "engine/store/stored_run.hpp"

namespace millrace::cli {

/// What the runs of one problem are measured with, made once.
struct SweepMeasure {
  SweepMeasure() = default;
  explicit SweepMeasure(const StoredReference& reference);

  /// Empty where nothing is known to measure in.
  ReferenceBox box;
  /// In the objectives' own units and as shares of the box; no rows where igd_plus is not asked for.
  Columns front;
  Columns scaled_front;
};

/// Which run of a plan, and what it is to record.
struct SweepOrder {
  std::size_t setting = 0;
  std::uint64_t seed = 0;
  std::string digest;
};

/// The program and the machine, as JSON: what StoredRun::machine says.
std::string machine_json();

/// One run from its start to what the store keeps of it. A run that throws, or whose evaluations fail, is a
/// RunStatus::failed with the reason; nothing comes back where `abandon` stopped it. `machine` is machine_json().
std::optional<StoredRun> make_run(const SweepPlan& plan, const SweepMeasure& measure, const SweepOrder& order,
                                  const std::string& machine, Workers& workers, const std::atomic<bool>* abandon);

}  // namespace millrace::cli
