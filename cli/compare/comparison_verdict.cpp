#include "cli/compare/comparison_verdict.hpp"

#include <limits>

#include "engine/statistics/multiple_comparison.hpp"
#include "engine/statistics/rank_tests.hpp"

namespace millrace::cli {

std::vector<std::optional<Duel>> duels_of(const ComparedRuns& runs) {
  std::vector<std::optional<Duel>> duels(runs.runs.size());
  if (runs.runs.empty() || runs.runs.front().empty()) return duels;
  const std::vector<double> baseline = runs.values(0);
  std::vector<double> p_values;
  for (std::size_t a = 1; a < duels.size(); ++a) {
    if (runs.runs[a].empty()) continue;
    const std::vector<double> own = runs.values(a);
    // The smaller the better: what a run of the baseline exceeds.
    duels[a] = Duel{.p = wilcoxon_rank_sum(own, baseline).p_value, .effect = effect_size(baseline, own)};
    p_values.push_back(duels[a]->p);
  }
  const std::vector<double> adjusted = holm(p_values);
  auto next = adjusted.begin();
  for (auto& duel : duels) {
    if (!duel) continue;
    duel->p = *next++;
    if (duel->p < kSignificance) duel->sign = duel->effect.a12 > 0.5 ? 1 : -1;
  }
  return duels;
}

ComparisonSummary summarise_comparison(std::span<const ComparedRuns* const> cells) {
  const std::size_t algorithms = cells.empty() ? 0 : cells.front()->runs.size();
  ComparisonSummary summary{.mean_ranks = std::vector<double>(algorithms, std::numeric_limits<double>::infinity()),
                            .better = std::vector<std::size_t>(algorithms),
                            .equal = std::vector<std::size_t>(algorithms),
                            .worse = std::vector<std::size_t>(algorithms)};
  std::vector<std::size_t> ranked;
  for (std::size_t a = 0; a < algorithms; ++a) {
    bool everywhere = true;
    for (const ComparedRuns* cell : cells) everywhere = everywhere && !cell->runs[a].empty();
    if (everywhere) ranked.push_back(a);
  }
  for (const ComparedRuns* cell : cells) {
    const auto duels = duels_of(*cell);
    for (std::size_t a = 0; a < algorithms; ++a) {
      if (!duels[a]) continue;
      ++(duels[a]->sign > 0 ? summary.better : duels[a]->sign < 0 ? summary.worse : summary.equal)[a];
    }
  }
  summary.ranked_algorithms = ranked.size();
  if (ranked.size() < 2 || cells.size() < 2) return summary;
  Columns medians(cells.size(), ranked.size());
  for (std::size_t c = 0; c < cells.size(); ++c)
    for (std::size_t r = 0; r < ranked.size(); ++r) medians(c, r) = cells[c]->median(ranked[r]);
  const FriedmanResult result = friedman(medians);
  for (std::size_t r = 0; r < ranked.size(); ++r) summary.mean_ranks[ranked[r]] = result.mean_ranks[r];
  summary.friedman_p = result.f_p;
  summary.critical_difference = nemenyi_critical_difference(ranked.size(), cells.size());
  return summary;
}

}  // namespace millrace::cli
