#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/study/setting_table.hpp"

namespace millrace {

/// What speaks for a setting in place of the baseline.
struct Evidence {
  std::size_t setting = 0;
  /// Change of the median on every problem, in shares of the baseline's, and their mean; above 0 is better.
  std::vector<double> problem_gains;
  double gain = 0.0;
  /// Pairs of runs of one problem and one seed, and how many of them the setting wins and ties.
  std::size_t pairs = 0;
  std::size_t won = 0;
  std::size_t tied = 0;
  /// Seeds with a run of both on every problem, and those where the mean change over the problems is better.
  std::size_t seeds = 0;
  std::size_t seeds_won = 0;
  /// Mean over the problems of how often a run of the setting is better than one of the baseline.
  double a12 = 0.5;
  /// Signed-rank test of the changes of all pairs, and adjusted by Holm for all settings of the study.
  double p_value = 1.0;
  double p_adjusted = 1.0;
  /// Cost of a run (evaluations) in shares of the baseline's.
  double cost_ratio = 1.0;
};

struct Recommendation {
  /// Best mean rank of the medians over the problems.
  std::optional<Evidence> best;
  /// The same among the settings that cost no more than the baseline.
  std::optional<Evidence> best_at_cost;
  /// The cheapest setting that is as good as the baseline on every problem by its median, where it is cheaper.
  std::optional<Evidence> cheapest;
};

/// What to set in place of `baseline`, which costs `cost` (one a problem and setting: [problem * settings + setting],
/// NaN where unknown). Only settings with a run on every problem are recommended, and never the baseline itself; an
/// entry is empty where no setting is better than the baseline by its mean gain. The choice and its evidence come from
/// the same runs: among many settings the best one looks better than it is, which p_adjusted allows for and the gain
/// does not. Baselines whose median is 0 somewhere have no gains: nothing is recommended.
/// Throws std::invalid_argument where there is not one cost a problem and setting.
Recommendation recommend(const SettingTable& table, std::span<const double> cost, std::size_t baseline);

}  // namespace millrace
