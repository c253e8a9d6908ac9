#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/statistics/bootstrap.hpp"
#include "engine/statistics/effect_size.hpp"
#include "engine/statistics/multiple_comparison.hpp"
#include "engine/statistics/ranks.hpp"

namespace millrace {

/// One indicator of the runs of a study: every setting on every problem, once a seed.
struct SettingTable {
  std::size_t problems = 0;
  std::size_t settings = 0;
  std::size_t seeds = 0;
  bool greater_is_better = true;
  /// NaN where a run is missing or failed.
  std::vector<double> values;

  double& at(std::size_t problem, std::size_t setting, std::size_t seed) {
    return values[(problem * settings + setting) * seeds + seed];
  }
  double at(std::size_t problem, std::size_t setting, std::size_t seed) const {
    return values[(problem * settings + setting) * seeds + seed];
  }
  /// The values of one setting on one problem that are there, in the order of the seeds.
  std::vector<double> sample(std::size_t problem, std::size_t setting) const;
  /// Of that sample; NaN where it is empty.
  double median(std::size_t problem, std::size_t setting) const;
};

struct SampleSummary {
  std::size_t count = 0;
  Quartiles quartiles;
  /// Bootstrap interval of the median.
  ConfidenceInterval interval;
};
/// Nothing for an empty sample. Throws as median_interval.
std::optional<SampleSummary> summary_of(std::span<const double> sample, const BootstrapOptions& options = {});

/// One setting against a reference setting on one problem.
struct SettingComparison {
  std::size_t problem = 0;
  std::size_t setting = 0;
  /// Change of the median, in shares of the reference's; above 0 is better. NaN where that is 0.
  double gain = 0.0;
  /// a12: how often a run of the setting is better than one of the reference.
  EffectSize effect;
  /// Of the rank-sum test, and adjusted by Holm for the number of all comparisons.
  double p_value = 1.0;
  double p_adjusted = 1.0;
};
/// Every other setting against `reference` on every problem where both have runs, by problem and setting. Runs are
/// taken as independent samples: a seed does not make two settings alike.
std::vector<SettingComparison> compare_with(const SettingTable& table, std::size_t reference);

/// Settings ranked over problems by their medians.
struct SettingRanking {
  /// Settings that have a run on every problem, the best first; equal ranks by index.
  std::vector<std::size_t> order;
  /// Mean rank over the problems of each of them, 1 for the best, in that order.
  std::vector<double> mean_ranks;
  /// Friedman's test with problems as blocks, and Nemenyi's critical difference at 5 %: both only where there are two
  /// problems and two such settings.
  std::optional<FriedmanResult> friedman;
  double critical_difference = 0.0;
  /// Stretches [first, last] of `order` whose mean ranks are less than the critical difference apart: what the problems
  /// cannot tell apart. Longest ones only, from the best on.
  std::vector<std::pair<std::size_t, std::size_t>> groups;
};
SettingRanking rank_settings(const SettingTable& table);

}  // namespace millrace
