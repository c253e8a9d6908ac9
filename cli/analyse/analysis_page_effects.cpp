#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/analyse/analysis_page.hpp"
#include "cli/table/markdown_table.hpp"

namespace millrace::cli {
namespace {

using Row = std::vector<std::string>;

std::string algorithm_title(const AnalysedStudy& study, std::size_t algorithm) {
  return study.algorithms.size() > 1 ? fmt::format("\n### {}\n", study.algorithms[algorithm]) : "";
}

/// Share of the variation, with p where it could be chance.
std::string effect_text(const FactorialEffect& effect, bool tested) {
  const std::string share = fmt::format("{:.1f} %", 100.0 * effect.share);
  return tested && effect.p_value >= 0.05 ? fmt::format("{} (p {})", share, p_text(effect.p_value)) : share;
}

/// Reports of one algorithm, a column a problem.
template <class Report>
std::vector<const Report*> reports_of(const std::vector<Report>& reports, std::size_t algorithm) {
  std::vector<const Report*> list;
  for (const Report& report : reports)
    if (report.scope.algorithm == algorithm) list.push_back(&report);
  return list;
}

template <class Report>
Row problem_heading(const AnalysedStudy& study, const std::vector<const Report*>& reports, const char* first) {
  Row heading{first};
  for (const Report* report : reports) heading.push_back(study.problems[report->scope.problem]);
  return heading;
}

std::string share_table(const AnalysedStudy& study, const std::vector<const GridReport*>& reports) {
  const std::vector<std::string>& factors = reports.front()->factors;
  std::vector<Row> rows;
  const auto add = [&](const std::string& name, auto&& cell) {
    Row& row = rows.emplace_back(Row{name});
    for (const GridReport* report : reports) row.push_back(cell(report->effects));
  };
  const auto tested = [](const FactorialEffects& effects) { return effects.repeats_freedom > 0; };
  for (std::size_t k = 0; k < factors.size(); ++k)
    add(factors[k], [&](const FactorialEffects& e) { return effect_text(e.main[k], tested(e)); });
  std::size_t pair = 0;
  for (std::size_t j = 0; j < factors.size(); ++j)
    for (std::size_t k = j + 1; k < factors.size(); ++k, ++pair)
      add(factors[j] + " x " + factors[k],
          [&](const FactorialEffects& e) { return effect_text(e.interactions[pair], tested(e)); });
  if (reports.front()->effects.higher.freedom > 0)
    add("three and more together", [&](const FactorialEffects& e) { return effect_text(e.higher, tested(e)); });
  add("seeds", [](const FactorialEffects& e) { return fmt::format("{:.1f} %", 100.0 * e.repeats_share); });
  return markdown_table(problem_heading(study, reports, "share of the variation"), rows);
}

std::string level_table(const AnalysedStudy& study, const std::vector<const GridReport*>& reports) {
  std::vector<Row> rows;
  std::size_t at = 0;
  for (std::size_t k = 0; k < reports.front()->factors.size(); ++k)
    for (const std::string& level : reports.front()->levels[k]) {
      Row& row = rows.emplace_back(Row{reports.front()->factors[k] + " " + level});
      for (const GridReport* report : reports) row.push_back(figure(report->effects.level_means[at]));
      ++at;
    }
  return markdown_table(problem_heading(study, reports, "mean"), rows);
}

std::string grid_section(const AnalysedStudy& study, const Analysis& analysis) {
  if (analysis.grids.empty()) return {};
  std::string text =
      "\n## Main effects and interactions\n\nHow much of the variation of all runs each parameter explains, alone and "
      "in "
      "pairs; what the seeds leave is chance.\nA p beside a share means that it could be chance too.\n";
  for (std::size_t a = 0; a < study.algorithms.size(); ++a) {
    const auto reports = reports_of(analysis.grids, a);
    if (reports.empty()) continue;
    text += algorithm_title(study, a) + "\n" + share_table(study, reports) + "\n" + level_table(study, reports);
  }
  return text;
}

std::string interval_text(const ConfidenceInterval& interval) {
  return fmt::format("{:.2f} – {:.2f}", interval.lower + 0.0, interval.upper + 0.0);
}

std::string scope_title(const AnalysedStudy& study, EffectScope scope) {
  return fmt::format("\n### {}{}\n\n", study.problems[scope.problem],
                     study.algorithms.size() > 1 ? ", " + study.algorithms[scope.algorithm] : "");
}

std::string second_table(const AnalysedStudy& study, const VarianceIndices& indices) {
  std::vector<Row> rows;
  std::size_t pair = 0;
  for (std::size_t j = 0; j < study.factors.size(); ++j)
    for (std::size_t k = j + 1; k < study.factors.size(); ++k, ++pair)
      rows.push_back({study.factors[j] + " x " + study.factors[k], fmt::format("{:.3f}", indices.second[pair].value),
                      interval_text(indices.second[pair].interval)});
  return markdown_table({"second index", "value", "95 % interval"}, rows);
}

std::string sobol_section(const AnalysedStudy& study, const Analysis& analysis) {
  std::string text;
  for (const SobolReport& report : analysis.sobol) {
    if (report.indices.first.empty()) continue;
    std::vector<Row> rows;
    for (std::size_t k = 0; k < study.factors.size(); ++k) {
      const VarianceShare &first = report.indices.first[k], &total = report.indices.total[k];
      rows.push_back({study.factors[k], fmt::format("{:.3f}", first.value), interval_text(first.interval),
                      fmt::format("{:.3f}", total.value), interval_text(total.interval)});
    }
    text += scope_title(study, report.scope);
    if (!report.indices.meaningful) text += "These indices do not mean anything yet: see the note above.\n\n";
    text += markdown_table({"parameter", "first", "95 % interval", "total", "95 % interval"}, rows);
    if (!report.indices.second.empty()) text += "\n" + second_table(study, report.indices);
  }
  if (text.empty()) return text;
  return fmt::format(
             "\n## Sobol indices\n\nShares of the variance over the whole ranges of the parameters, of {} base points: "
             "alone (first) and with all\ninteractions (total). What the seeds do not average out is in the total "
             "indices. Intervals by the bootstrap.\n",
             analysis.sobol.front().indices.base_points) +
         text;
}

std::string morris_section(const AnalysedStudy& study, const Analysis& analysis) {
  if (analysis.morris.empty()) return {};
  std::string text =
      "\n## Elementary effects (Morris)\n\nWhat a parameter does over its whole range: mu* how much, mu in which "
      "direction, sigma how much that depends on the\nothers or on its own value.\n";
  for (const MorrisReport& report : analysis.morris) {
    std::vector<Row> rows;
    for (std::size_t k = 0; k < study.factors.size(); ++k) {
      const ElementaryEffects& e = report.effects[k];
      rows.push_back({study.factors[k], fmt::format("{}", e.steps), figure(e.mu), figure(e.mu_star),
                      figure(e.mu_star_interval.lower) + " – " + figure(e.mu_star_interval.upper), figure(e.sigma)});
    }
    text += scope_title(study, report.scope) +
            markdown_table({"parameter", "steps", "mu", "mu*", "95 % interval of mu*", "sigma"}, rows);
  }
  return text;
}

std::string bin_text(const ParameterBins& bins, std::size_t b) {
  return bins.lower[b] == bins.upper[b] ? fmt::format("{:.4g}", bins.lower[b])
                                        : fmt::format("{:.4g} – {:.4g}", bins.lower[b], bins.upper[b]);
}

/// One map of all problems: every run against the threshold of its own problem.
std::string map_table(const std::vector<const MapReport*>& problems) {
  const MapReport& first = *problems.front();
  Row heading{first.y + " \\ " + first.x};
  for (std::size_t x = 0; x < first.map.columns; ++x) heading.push_back(bin_text(first.x_bins, x));
  std::vector<Row> rows;
  for (std::size_t y = 0; y < first.map.rows; ++y) {
    Row& row = rows.emplace_back(Row{bin_text(first.y_bins, y)});
    for (std::size_t x = 0; x < first.map.columns; ++x) {
      std::size_t runs = 0, reached = 0;
      for (const MapReport* report : problems) {
        runs += report->map.runs[y * first.map.columns + x];
        reached += report->map.reached[y * first.map.columns + x];
      }
      row.push_back(
          runs == 0 ? "" : fmt::format("{:.0f} %", 100.0 * static_cast<double>(reached) / static_cast<double>(runs)));
    }
  }
  return markdown_table(heading, rows);
}

std::string map_section(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  if (analysis.maps.empty()) return {};
  std::string thresholds;
  for (const MapReport& report : analysis.maps) {
    if (&report != &analysis.maps.front() && report.scope.problem == 0) break;
    thresholds += fmt::format("{}{} {}", thresholds.empty() ? "" : ", ", study.problems[report.scope.problem],
                              figure(report.threshold));
  }
  std::string text =
      fmt::format("\n## Control maps\n\nShare of the runs whose {} reaches the threshold of its problem: {}.\n",
                  options.indicator, thresholds);
  for (std::size_t i = 0; i < analysis.maps.size(); i += study.problems.size()) {
    std::vector<const MapReport*> problems;
    for (std::size_t p = 0; p < study.problems.size(); ++p) problems.push_back(&analysis.maps[i + p]);
    if (study.algorithms.size() > 1)
      text += fmt::format("\n### {}\n", study.algorithms[problems.front()->scope.algorithm]);
    text += "\n" + map_table(problems);
  }
  return text;
}

}  // namespace

std::string effects_sections(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options) {
  return grid_section(study, analysis) + sobol_section(study, analysis) + morris_section(study, analysis) +
         map_section(study, analysis, options);
}

}  // namespace millrace::cli
