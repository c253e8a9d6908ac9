#pragma once

#include <vector>

#include "cli/sweep/sweep_run.hpp"
#include "engine/store/store.hpp"

namespace millrace::cli {

/// The problem as the store keeps it, with where its runs are measured: what the store has already, else the case's own
/// box, the exact ideal and nadir of a linear problem, the box of a known front, or that of the fronts of the first few
/// runs of the plan (kReferenceRuns). With StudyFile::igd_plus also the front to reach, from the last three of these.
StoredProblem stored_problem(const SweepPlan& plan, std::size_t problem, const Store* store, Workers& workers);

/// Runs that stand in for a front that nobody knows.
inline constexpr std::size_t kReferenceRuns = 8;

}  // namespace millrace::cli
