#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "cli/compare/comparison_run.hpp"
#include "engine/statistics/effect_size.hpp"

namespace millrace::cli {

/// Family-wise error at which a difference counts.
inline constexpr double kSignificance = 0.05;

/// One algorithm against the first one (the baseline) on one problem with one budget.
struct Duel {
  /// Wilcoxon's rank-sum test, adjusted by Holm over the algorithms of the problem.
  double p = 1.0;
  /// Probability that a run of the algorithm is better than one of the baseline, ties half.
  EffectSize effect;
  /// Significant: better (+1), worse (-1), otherwise 0.
  int sign = 0;
};

/// Every algorithm against the baseline; empty for the baseline itself and for one without runs.
std::vector<std::optional<Duel>> duels_of(const ComparedRuns& runs);

/// What all problems with one budget say together.
struct ComparisonSummary {
  /// By algorithm: mean rank of its median over the problems, 1 for the best; infinite for one that lacks a problem.
  std::vector<double> mean_ranks;
  std::vector<std::size_t> better, equal, worse;
  /// Friedman's test with the statistic of Iman and Davenport, over the algorithms that ran everywhere.
  double friedman_p = 1.0;
  /// Mean ranks closer than this do not differ (Nemenyi).
  double critical_difference = 0.0;
  std::size_t ranked_algorithms = 0;
};

ComparisonSummary summarise_comparison(std::span<const ComparedRuns* const> cells);

}  // namespace millrace::cli
