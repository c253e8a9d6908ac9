#include "engine/study/recommendation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/statistics/rank_tests.hpp"

namespace millrace {
namespace {

/// Changes against the baseline of one problem, in shares of its median, above 0 better.
class Changes {
 public:
  Changes(const SettingTable& table, std::size_t baseline) : table_(table), baseline_(baseline) {
    for (std::size_t p = 0; p < table.problems; ++p) scale_.push_back(std::fabs(table.median(p, baseline)));
  }
  bool usable() const {
    return std::all_of(scale_.begin(), scale_.end(), [](double s) { return s > 0.0 && std::isfinite(s); });
  }
  double of_median(std::size_t p, std::size_t s) const {
    return change(p, table_.median(p, s), table_.median(p, baseline_));
  }
  /// NaN where one of both runs is missing.
  double of_pair(std::size_t p, std::size_t s, std::size_t seed) const {
    return change(p, table_.at(p, s, seed), table_.at(p, baseline_, seed));
  }

 private:
  double change(std::size_t p, double value, double base) const {
    return (table_.greater_is_better ? value - base : base - value) / scale_[p];
  }

  const SettingTable& table_;
  std::size_t baseline_;
  std::vector<double> scale_;
};

void count_pairs(const SettingTable& table, const Changes& changes, Evidence& evidence) {
  std::vector<double> all;
  for (std::size_t seed = 0; seed < table.seeds; ++seed) {
    double sum = 0.0;
    for (std::size_t p = 0; p < table.problems; ++p) {
      const double change = changes.of_pair(p, evidence.setting, seed);
      sum += change;
      if (std::isnan(change)) continue;
      all.push_back(change);
      evidence.won += change > 0.0;
      evidence.tied += change == 0.0;
    }
    evidence.seeds += !std::isnan(sum);
    evidence.seeds_won += sum > 0.0;
  }
  evidence.pairs = all.size();
  if (!all.empty()) evidence.p_value = wilcoxon_signed_rank(all, std::vector<double>(all.size(), 0.0)).p_value;
}

Evidence evidence_of(const SettingTable& table, const Changes& changes, std::span<const double> cost,
                     std::size_t baseline, std::size_t setting) {
  const double problems = static_cast<double>(table.problems);
  Evidence evidence{.setting = setting, .a12 = 0.0, .cost_ratio = 0.0};
  for (std::size_t p = 0; p < table.problems; ++p) {
    evidence.problem_gains.push_back(changes.of_median(p, setting));
    evidence.gain += evidence.problem_gains.back() / problems;
    const std::vector<double> ours = table.sample(p, setting), theirs = table.sample(p, baseline);
    evidence.a12 += (table.greater_is_better ? effect_size(ours, theirs) : effect_size(theirs, ours)).a12 / problems;
    evidence.cost_ratio += cost[p * table.settings + setting] / cost[p * table.settings + baseline] / problems;
  }
  count_pairs(table, changes, evidence);
  return evidence;
}

bool nowhere_worse(const Evidence& evidence) {
  return std::all_of(evidence.problem_gains.begin(), evidence.problem_gains.end(), [](double g) { return g >= 0.0; });
}

}  // namespace

Recommendation recommend(const SettingTable& table, std::span<const double> cost, std::size_t baseline) {
  if (cost.size() != table.problems * table.settings)
    throw std::invalid_argument(
        fmt::format("{} costs for {} problems and {} settings", cost.size(), table.problems, table.settings));
  Recommendation recommendation;
  const Changes changes(table, baseline);
  if (table.problems == 0 || !changes.usable()) return recommendation;

  std::vector<Evidence> ranked;  // the best first
  for (const std::size_t setting : rank_settings(table).order)
    if (setting != baseline) ranked.push_back(evidence_of(table, changes, cost, baseline, setting));
  std::vector<double> p_values;
  for (const Evidence& evidence : ranked) p_values.push_back(evidence.p_value);
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < ranked.size(); ++i) ranked[i].p_adjusted = adjusted[i];

  constexpr double kSameCost = 1.0 + 1e-9;
  for (const Evidence& evidence : ranked) {
    if (!(evidence.gain > 0.0)) continue;
    if (!recommendation.best) recommendation.best = evidence;
    if (!recommendation.best_at_cost && evidence.cost_ratio <= kSameCost) recommendation.best_at_cost = evidence;
    const double least = recommendation.cheapest ? recommendation.cheapest->cost_ratio : 1.0;
    if (nowhere_worse(evidence) && evidence.cost_ratio < least) recommendation.cheapest = evidence;
  }
  return recommendation;
}

}  // namespace millrace
