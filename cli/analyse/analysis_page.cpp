#include "cli/analyse/analysis_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/table/markdown_table.hpp"

namespace millrace::cli {
namespace {

using Row = std::vector<std::string>;

/// Parameters with more than one value among the settings, by name; what is the same everywhere needs no column.
std::vector<std::string> columns_of(const AnalysedStudy& study) {
  std::set<std::string> names;
  for (const AnalysedSetting& setting : study.settings)
    for (const auto& [name, value] : setting.values) names.insert(name);
  std::vector<std::string> columns;
  if (study.algorithms.size() > 1) columns.emplace_back("algorithm");
  for (const std::string& name : names) {
    std::set<std::string> texts;
    for (const AnalysedSetting& setting : study.settings) {
      const SettingValue* value = setting.find(name);
      texts.insert(value == nullptr ? "" : text_of(*value));
    }
    if (texts.size() > 1) columns.push_back(name);
  }
  return columns;
}

void add_setting(const AnalysedSetting& setting, const std::vector<std::string>& columns, Row& row) {
  for (const std::string& column : columns) {
    const SettingValue* value = setting.find(column);
    row.push_back(column == "algorithm" ? setting.algorithm : value == nullptr ? "" : text_of(*value));
  }
}

/// The best settings by their rank, and the reference after them where it is not among them.
std::vector<std::size_t> shown_settings(const Analysis& analysis, std::size_t top) {
  std::vector<std::size_t> shown = analysis.ranking.order;
  const bool cut = shown.size() > top;
  shown.resize(std::min(shown.size(), top));
  if (analysis.reference && (cut || shown.empty()) &&
      std::find(shown.begin(), shown.end(), *analysis.reference) == shown.end())
    shown.push_back(*analysis.reference);
  return shown;
}

const SettingComparison* comparison_of(const Analysis& analysis, std::size_t problem, std::size_t setting) {
  for (const SettingComparison& comparison : analysis.comparisons)
    if (comparison.problem == problem && comparison.setting == setting) return &comparison;
  return nullptr;
}

std::string settings_table(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options,
                           std::size_t p) {
  const std::vector<std::string> columns = columns_of(study);
  Row heading{"rank"};
  heading.insert(heading.end(), columns.begin(), columns.end());
  heading.insert(heading.end(), {"runs", "median", "quartiles", "95 % interval", "gain", "A12", "p (Holm)"});
  if (!options.exact.empty()) heading.push_back("of exact");
  heading.push_back("evaluations");
  std::vector<Row> rows;
  for (const std::size_t s : shown_settings(analysis, options.top)) {
    const auto& summary = analysis.summaries[p * study.settings.size() + s];
    if (!summary) continue;
    const auto place = std::find(analysis.ranking.order.begin(), analysis.ranking.order.end(), s);
    const bool ranked = place != analysis.ranking.order.end();
    Row& row = rows.emplace_back(Row{ranked ? fmt::format("{}", place - analysis.ranking.order.begin() + 1) : "–"});
    add_setting(study.settings[s], columns, row);
    row.insert(row.end(), {fmt::format("{}", summary->count), figure(summary->quartiles.median),
                           figure(summary->quartiles.lower) + " – " + figure(summary->quartiles.upper),
                           figure(summary->interval.lower) + " – " + figure(summary->interval.upper)});
    const SettingComparison* comparison = comparison_of(analysis, p, s);
    if (comparison == nullptr) row.insert(row.end(), {s == analysis.reference ? "reference" : "–", "", ""});
    else
      row.insert(row.end(), {percent_text(comparison->gain), fmt::format("{:.2f}", comparison->effect.a12),
                             p_text(comparison->p_adjusted)});
    if (!options.exact.empty()) {
      const double share = summary->quartiles.median / options.exact[p];
      row.push_back(std::isnan(share) ? "–" : fmt::format("{:.1f} %", 100.0 * share));
    }
    row.push_back(figure(analysis.evaluations[p * study.settings.size() + s]));
  }
  return markdown_table(heading, rows);
}

std::string settings_section(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  const std::size_t shown = shown_settings(analysis, options.top).size();
  std::string text = fmt::format(
      "\n## Settings\n\n{} of {} settings, the best mean rank of the medians first{}. Intervals are of the median, by "
      "the "
      "bootstrap. Gain is the\nchange of the median against {}, above 0 better; A12 is how often a run is better than "
      "one "
      "of it; p is of the\nrank-sum test, adjusted by Holm for {} comparisons.\n",
      shown, study.settings.size(), study.problems.size() > 1 ? " over the problems" : "",
      analysis.reference ? "`" + study.settings[*analysis.reference].text(study.algorithms.size() > 1) + "`"
                         : "nothing",
      analysis.comparisons.size());
  for (std::size_t p = 0; p < study.problems.size(); ++p)
    text += fmt::format("\n### {}\n\n{}", study.problems[p], settings_table(study, analysis, options, p));
  return text;
}

/// Letters of the groups that place `i` of the ranking belongs to.
std::string group_letters(const SettingRanking& ranking, std::size_t i) {
  constexpr std::size_t kLetters = 26;
  std::string letters;
  for (std::size_t g = 0; g < ranking.groups.size() && g < kLetters; ++g)
    if (ranking.groups[g].first <= i && i <= ranking.groups[g].second) letters += static_cast<char>('a' + g);
  return letters.empty() ? "after z" : letters;
}

std::string ranks_section(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  const SettingRanking& ranking = analysis.ranking;
  if (!ranking.friedman) return {};
  std::string text = fmt::format(
      "\n## Ranks over the problems\n\nFriedman's test over {} problems and {} settings: chi-square {:.4g}, p {}; F of "
      "Iman and Davenport {:.4g}, p {}.\nNemenyi's critical difference at 5 % is {:.2f} ranks: settings that share a "
      "letter cannot be told apart by these problems\nalone, whatever their seeds say.\n\n",
      study.problems.size(), ranking.order.size(), ranking.friedman->chi_square, p_text(ranking.friedman->chi_square_p),
      ranking.friedman->f, p_text(ranking.friedman->f_p), ranking.critical_difference);
  const std::vector<std::string> columns = columns_of(study);
  Row heading{"mean rank"};
  heading.insert(heading.end(), columns.begin(), columns.end());
  heading.push_back("groups");
  std::vector<Row> rows;
  for (std::size_t i = 0; i < ranking.order.size(); ++i) {
    if (i >= options.top && ranking.order[i] != analysis.reference) continue;
    Row& row = rows.emplace_back(Row{fmt::format("{:.2f}", ranking.mean_ranks[i])});
    add_setting(study.settings[ranking.order[i]], columns, row);
    row.push_back(group_letters(ranking, i));
  }
  return text + markdown_table(heading, rows);
}

std::string cost_text(double ratio) {
  return std::fabs(ratio - 1.0) < 1e-9 ? "the same evaluations" : fmt::format("{:.3g} times the evaluations", ratio);
}

std::string evidence_text(const AnalysedStudy& study, const Evidence& evidence, const std::string& indicator,
                          bool greater_is_better) {
  // As the value changes: less is better where the indicator says so.
  const double sign = greater_is_better ? 1.0 : -1.0;
  std::string gains;
  for (std::size_t p = 0; p < evidence.problem_gains.size() && evidence.problem_gains.size() > 1; ++p)
    gains +=
        fmt::format("{}{} {}", p == 0 ? " (" : ", ", study.problems[p], percent_text(sign * evidence.problem_gains[p]));
  if (!gains.empty()) gains += ")";
  return fmt::format(
      "`{}`: {} {} over the baseline{}, {} of {} seeds{}, A12 {:.2f}, p {} of the signed-rank test after "
      "Holm; {}",
      study.settings[evidence.setting].text(study.algorithms.size() > 1), indicator, percent_text(sign * evidence.gain),
      gains, evidence.seeds_won, evidence.seeds,
      evidence.problem_gains.size() > 1 ? fmt::format(" ({} of {} pairs of runs)", evidence.won, evidence.pairs) : "",
      evidence.a12, p_text(evidence.p_adjusted), cost_text(evidence.cost_ratio));
}

std::string head(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  std::string text = fmt::format(
      "# Analysis of {}\n\nThis page is generated; do not edit it. It is made again by\n\n"
      "```\n{}\n```\n\n",
      std::filesystem::path(study.source).filename().string(), options.command);
  text += fmt::format(
      "{} of {} runs are finished: {} settings, {} seeds, on {}. The indicator is {}; {} is better.{}\n",
      study.finished(), study.wanted, study.settings.size(), study.seeds.size(), fmt::join(study.problems, ", "),
      options.indicator, analysis.table.greater_is_better ? "more" : "less",
      analysis.has_baseline
          ? fmt::format(" The baseline is `{}`.", study.settings[*analysis.reference].text(study.algorithms.size() > 1))
          : "");
  for (const std::string& note : analysis.notes) text += fmt::format("\n> **Note.** {}.\n", note);
  return text;
}

}  // namespace

std::string figure(double value) {
  if (std::isnan(value)) return "–";
  return std::fabs(value) >= 1e5 && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                            : fmt::format("{:.5g}", value);
}

std::string p_text(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", p); }

std::string percent_text(double share) {
  return std::isnan(share) ? "–" : fmt::format("{:+.1f} %", std::round(1000.0 * share) / 10.0 + 0.0);
}

std::string recommendation_text(const AnalysedStudy& study, const Analysis& analysis, const std::string& indicator) {
  if (!analysis.has_baseline)
    return "Nothing is recommended: the study has no baseline to compare with; write [baseline], or --baseline.\n";
  const Recommendation& advice = analysis.recommendation;
  const bool greater = analysis.table.greater_is_better;
  if (!advice.best) return "Nothing is better than the baseline by its median over the problems.\n";
  std::string text = fmt::format("- Best: {}.\n", evidence_text(study, *advice.best, indicator, greater));
  if (advice.best_at_cost && advice.best_at_cost->setting != advice.best->setting)
    text += fmt::format("- Best that costs no more than the baseline: {}.\n",
                        evidence_text(study, *advice.best_at_cost, indicator, greater));
  if (advice.cheapest)
    text += fmt::format("- Cheapest that is as good as the baseline on every problem: {}.\n",
                        evidence_text(study, *advice.cheapest, indicator, greater));
  return text;
}

std::string analysis_page(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  return head(study, analysis, options) + "\n## Recommended settings\n\n" +
         recommendation_text(study, analysis, options.indicator) + settings_section(study, analysis, options) +
         ranks_section(study, analysis, options) + effects_sections(study, analysis, options);
}

}  // namespace millrace::cli
