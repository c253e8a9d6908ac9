#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/fidelity/fidelity_plan.hpp"
#include "engine/data/columns.hpp"

namespace millrace::cli {

/// What one run is worth.
struct FidelityValue {
  double value = 0.0;
  /// Share of the last population that satisfies every constraint.
  double feasible = 0.0;
};

/// One line of the table with the values of all its runs: seed s at s - 1.
struct FidelityResult {
  const FidelitySection* section = nullptr;
  const FidelityRow* row = nullptr;
  std::vector<FidelityValue> runs;

  /// Best, median (mean of the middle two of an even number) and worst of the runs.
  Spread spread() const;
  double mean_feasible() const;
  /// Our median as a multiple of the published one; empty where there is none.
  std::optional<double> ratio() const;
  /// Empty where the row has no bar.
  std::optional<bool> passes() const;
};

/// Which rows are measured and how often.
struct FidelityRequest {
  std::size_t seeds = 20;
  /// 0 takes every core. The values do not depend on it.
  std::size_t threads = 0;
  /// Problem names; empty stands for all.
  std::vector<std::string> problems = {};
  /// Rows with more objectives are left out.
  std::size_t most_objectives = 10;
};

/// Measures the rows of the plan that the request asks for. Runs are independent and spread over the threads;
/// `after_row` is called once a row is complete, from any thread, one call at a time.
std::vector<FidelityResult> measure_fidelity(const FidelityRequest& request,
                                             const std::function<void(const FidelityResult&)>& after_row);

/// The points that the IGD of a row is taken to (rows without IGD: none).
Columns reference_set_of(const FidelitySection& section, const FidelityRow& row);

/// One run with one thread.
FidelityValue measure_run(const FidelitySection& section, const FidelityRow& row, const Columns& reference_set,
                          std::uint64_t seed);

}  // namespace millrace::cli
