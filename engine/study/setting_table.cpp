#include "engine/study/setting_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/statistics/rank_tests.hpp"

namespace millrace {
namespace {

/// Medians of the settings in `kept`, problems in rows, turned so that less is better.
Columns median_table(const SettingTable& table, std::span<const std::size_t> kept) {
  Columns medians(table.problems, kept.size());
  const double sign = table.greater_is_better ? -1.0 : 1.0;
  for (std::size_t p = 0; p < table.problems; ++p)
    for (std::size_t i = 0; i < kept.size(); ++i) medians(p, i) = sign * table.median(p, kept[i]);
  return medians;
}

std::vector<double> mean_ranks_of(const Columns& medians) {
  std::vector<double> sums(medians.columns(), 0.0), block(medians.columns());
  for (std::size_t p = 0; p < medians.rows(); ++p) {
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = medians(p, i);
    const Ranks ranks = midranks(block);
    for (std::size_t i = 0; i < block.size(); ++i) sums[i] += ranks.values[i] / static_cast<double>(medians.rows());
  }
  return sums;
}

/// Longest stretches of ascending ranks that stay closer than `difference`.
std::vector<std::pair<std::size_t, std::size_t>> close_stretches(std::span<const double> ranks, double difference) {
  std::vector<std::pair<std::size_t, std::size_t>> stretches;
  std::size_t last = 0;
  for (std::size_t first = 0; first < ranks.size(); ++first) {
    last = std::max(last, first);
    while (last + 1 < ranks.size() && ranks[last + 1] - ranks[first] < difference) ++last;
    if (stretches.empty() || last > stretches.back().second) stretches.emplace_back(first, last);
  }
  return stretches;
}

}  // namespace

std::vector<double> SettingTable::sample(std::size_t problem, std::size_t setting) const {
  std::vector<double> sample;
  for (std::size_t seed = 0; seed < seeds; ++seed)
    if (!std::isnan(at(problem, setting, seed))) sample.push_back(at(problem, setting, seed));
  return sample;
}

double SettingTable::median(std::size_t problem, std::size_t setting) const {
  const std::vector<double> values_there = sample(problem, setting);
  return values_there.empty() ? std::numeric_limits<double>::quiet_NaN() : quantile(values_there, 0.5);
}

std::optional<SampleSummary> summary_of(std::span<const double> sample, const BootstrapOptions& options) {
  if (sample.empty()) return std::nullopt;
  return SampleSummary{sample.size(), quartiles(sample), median_interval(sample, options)};
}

std::vector<SettingComparison> compare_with(const SettingTable& table, std::size_t reference) {
  std::vector<SettingComparison> comparisons;
  std::vector<double> p_values;
  for (std::size_t p = 0; p < table.problems; ++p) {
    const std::vector<double> base = table.sample(p, reference);
    if (base.empty()) continue;
    const double base_median = quantile(base, 0.5);
    const double sign = table.greater_is_better ? 1.0 : -1.0;
    for (std::size_t s = 0; s < table.settings; ++s) {
      const std::vector<double> sample = s == reference ? std::vector<double>{} : table.sample(p, s);
      if (sample.empty()) continue;
      SettingComparison& comparison = comparisons.emplace_back(SettingComparison{p, s});
      comparison.gain = base_median == 0.0 ? std::numeric_limits<double>::quiet_NaN()
                                           : sign * (quantile(sample, 0.5) - base_median) / std::fabs(base_median);
      comparison.effect = table.greater_is_better ? effect_size(sample, base) : effect_size(base, sample);
      comparison.p_value = wilcoxon_rank_sum(sample, base).p_value;
      p_values.push_back(comparison.p_value);
    }
  }
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < adjusted.size(); ++i) comparisons[i].p_adjusted = adjusted[i];
  return comparisons;
}

SettingRanking rank_settings(const SettingTable& table) {
  SettingRanking ranking;
  std::vector<std::size_t> kept;
  for (std::size_t s = 0; s < table.settings; ++s) {
    bool everywhere = table.problems > 0;
    for (std::size_t p = 0; p < table.problems; ++p) everywhere = everywhere && !table.sample(p, s).empty();
    if (everywhere) kept.push_back(s);
  }
  const Columns medians = median_table(table, kept);
  const std::vector<double> ranks = mean_ranks_of(medians);
  std::vector<std::size_t> by_rank(kept.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::stable_sort(by_rank.begin(), by_rank.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  for (const std::size_t i : by_rank) {
    ranking.order.push_back(kept[i]);
    ranking.mean_ranks.push_back(ranks[i]);
  }
  if (kept.size() < 2 || table.problems < 2) return ranking;
  ranking.friedman = friedman(medians);
  ranking.critical_difference = nemenyi_critical_difference(kept.size(), table.problems);
  ranking.groups = close_stretches(ranking.mean_ranks, ranking.critical_difference);
  return ranking;
}

}  // namespace millrace
