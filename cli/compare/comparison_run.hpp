#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/compare/comparison_plan.hpp"

namespace millrace::cli {

struct ComparisonRequest {
  std::vector<std::string> algorithms;
  std::vector<std::uint64_t> evaluations = {20000};
  std::size_t seeds = 21;
  /// Runs have the seeds first_seed, first_seed + 1, ...
  std::uint64_t first_seed = 1;
  std::size_t threads = 0;
};

/// One run, measured.
struct ComparedRun {
  /// The measure of the problem, the smaller the better; infinite where nothing feasible was found.
  double value = 0.0;
  std::size_t front = 0;
  bool feasible = false;
  /// Share of the front that is off the exact set, where the problem knows that.
  double off_exact_set = 0.0;
  double seconds = 0.0;
};

/// All runs of all algorithms on one problem with one budget: runs[a][s]. No run at all where an algorithm cannot
/// handle the problem.
struct ComparedRuns {
  const ComparedProblem* problem = nullptr;
  std::uint64_t evaluations = 0;
  std::vector<std::vector<ComparedRun>> runs;

  std::vector<double> values(std::size_t algorithm) const;
  /// Infinite without a run.
  double median(std::size_t algorithm) const;
};

/// Runs everything, each run on one thread, and calls `after` when a problem and budget is complete. The values depend
/// on the request and not on the number of threads.
std::vector<ComparedRuns> compare_algorithms(const std::vector<ComparedProblem>& problems,
                                             const ComparisonRequest& request,
                                             const std::function<void(const ComparedRuns&)>& after);

}  // namespace millrace::cli
