#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "cli/sweep/sweep_plan.hpp"
#include "cli/sweep/sweep_run.hpp"
#include "engine/store/store.hpp"

namespace millrace::cli {

/// What of a plan is to be made, and what the store has already.
struct SweepWork {
  /// Distinct runs of the plan.
  std::size_t total = 0;
  /// Of these, found finished, and found failed (and not to be tried again).
  std::size_t found = 0;
  std::size_t found_failed = 0;
  /// The rest, in the order in which to start them.
  std::vector<SweepOrder> missing;
};

/// A run of the store is found where it has all that the study asks for: its indicators, a trace of at least as many
/// points, decisions. `retry_failed`: those that failed are made again.
///
/// The first seed of everything comes first, and the points of the design in the order of van der Corput (bits of the
/// index reversed): whenever somebody looks, what is there covers the design.
SweepWork work_of(const SweepPlan& plan, const std::map<std::string, StoredExtent>& stored, bool retry_failed);

/// 0, 1, ... count-1 with the bits of each reversed: every prefix is spread over the whole.
std::vector<std::size_t> spread_order(std::size_t count);

}  // namespace millrace::cli
