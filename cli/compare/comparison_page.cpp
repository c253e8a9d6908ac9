#include "cli/compare/comparison_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace millrace::cli {
namespace {

constexpr std::string_view kPreamble = R"(# Which algorithm for which problem

This page is generated; do not edit it. It is made again by

```
{0}
```

and depends neither on the number of threads nor on the processor. Every algorithm runs {1} times (seeds {2} to {3}) on
every problem with the settings of `millrace run` and the same population and budget of evaluations. What is measured is
the final front (for `borg` its archive), the smaller the better: on benchmarks **IGD+** to about 5,000 points of the
true front, objectives divided by their range on it; on cases and on water **the share of the reference box that the
front leaves open** (1 - hypervolume). A run without a feasible solution counts as infinitely bad.

A cell is the median. After it: **+** better than `{4}`, **-** worse, by Wilcoxon's rank-sum test, two-sided, p adjusted by
Holm over the algorithms of the line, below {5}; in brackets A12 of Vargha and Delaney, the probability that a run is
better than one of `{4}`: from 0.71 (to 0.29) the effect counts as large. The best median of a line is bold.
)";

std::string figure(double value) { return std::isfinite(value) ? fmt::format("{:.3g}", value) : "–"; }

std::string line_of(const std::vector<std::string>& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

std::string table_head(const std::string& first, const std::vector<std::string>& algorithms) {
  std::vector<std::string> cells = {first};
  cells.insert(cells.end(), algorithms.begin(), algorithms.end());
  std::vector<std::string> rule(cells.size(), "--:");
  rule.front() = ":--";
  return line_of(cells) + line_of(rule);
}

std::string cell_of(const ComparedRuns& runs, std::size_t a, const std::optional<Duel>& duel, double best) {
  if (runs.runs[a].empty()) return "too many objectives";
  const double median = runs.median(a);
  std::string text = figure(median);
  if (std::isfinite(median) && median == best) text = fmt::format("**{}**", text);
  if (duel) text += fmt::format("{} ({:.2f})", duel->sign > 0 ? " +" : duel->sign < 0 ? " -" : "", duel->effect.a12);
  std::size_t feasible = 0;
  for (const ComparedRun& run : runs.runs[a]) feasible += run.feasible;
  if (feasible < runs.runs[a].size()) text += fmt::format(", {} of {} feasible", feasible, runs.runs[a].size());
  return text;
}

std::string line_of(const ComparedRuns& runs) {
  const auto duels = duels_of(runs);
  double best = INFINITY;
  for (std::size_t a = 0; a < duels.size(); ++a) best = std::min(best, runs.median(a));
  std::vector<std::string> cells = {runs.problem->label};
  for (std::size_t a = 0; a < duels.size(); ++a) cells.push_back(cell_of(runs, a, duels[a], best));
  return line_of(cells);
}

/// Median over the problems of the median size of the final front.
std::string front_sizes(std::span<const ComparedRuns* const> cells, std::size_t a) {
  const auto middle = [](std::vector<std::size_t>& sizes) {
    std::sort(sizes.begin(), sizes.end());
    return sizes[sizes.size() / 2];
  };
  std::vector<std::size_t> medians;
  for (const ComparedRuns* cell : cells) {
    std::vector<std::size_t> sizes;
    for (const ComparedRun& run : cell->runs[a]) sizes.push_back(run.front);
    if (!sizes.empty()) medians.push_back(middle(sizes));
  }
  return medians.empty() ? "–" : fmt::to_string(middle(medians));
}

/// The two best by mean rank, in words.
std::string first_choice(const ComparisonSummary& summary, const std::vector<std::string>& algorithms) {
  std::vector<std::size_t> order;
  for (std::size_t a = 0; a < algorithms.size(); ++a)
    if (std::isfinite(summary.mean_ranks[a])) order.push_back(a);
  if (order.size() < 2) return {};
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return summary.mean_ranks[a] < summary.mean_ranks[b]; });
  return fmt::format("\nWith this budget the first choice is `{}`, then `{}`.\n", algorithms[order[0]],
                     algorithms[order[1]]);
}

std::string summary_lines(std::span<const ComparedRuns* const> cells, const ComparisonRequest& request) {
  const ComparisonSummary summary = summarise_comparison(cells);
  std::vector<std::string> duels = {fmt::format("better / equal / worse than {}", request.algorithms.front())};
  std::vector<std::string> ranks = {"mean rank"};
  for (std::size_t a = 0; a < request.algorithms.size(); ++a) {
    duels.push_back(a == 0 ? "" : fmt::format("{} / {} / {}", summary.better[a], summary.equal[a], summary.worse[a]));
    ranks.push_back(std::isfinite(summary.mean_ranks[a]) ? fmt::format("{:.2f}", summary.mean_ranks[a]) : "–");
  }
  std::vector<std::string> sizes = {"median size of the front"};
  for (std::size_t a = 0; a < request.algorithms.size(); ++a) sizes.push_back(front_sizes(cells, a));
  std::string text = line_of(duels) + line_of(ranks) + line_of(sizes) + first_choice(summary, request.algorithms);
  if (summary.critical_difference > 0.0)
    text += fmt::format(
        "\nMean ranks are over the {} algorithms that can run every line. Friedman's test (Iman and Davenport): p = "
        "{:.2g}. Mean ranks that differ by less than {:.2f} are not told apart (Nemenyi, 0.05).\n",
        summary.ranked_algorithms, summary.friedman_p, summary.critical_difference);
  return text;
}

/// How much of the final fronts is off the exact Pareto set, where a problem knows that.
std::string off_exact_set(std::span<const ComparedRuns* const> cells, const ComparisonRequest& request) {
  std::string text;
  for (const ComparedRuns* cell : cells) {
    if (!cell->problem->measure.variable_at_lower_bound) continue;
    text += fmt::format(
        "\n{}: on the exact Pareto set variable {} is at its lower bound. Median share of the final front that is off "
        "it by more than 0.1 % of the variable's range:\n\n{}",
        cell->problem->label, *cell->problem->measure.variable_at_lower_bound + 1, table_head("", request.algorithms));
    std::vector<std::string> line = {"share off"};
    for (const auto& runs : cell->runs) {
      std::vector<double> shares;
      for (const ComparedRun& run : runs) shares.push_back(run.off_exact_set);
      std::sort(shares.begin(), shares.end());
      line.push_back(shares.empty() ? "–" : fmt::format("{:.1f} %", 100.0 * shares[shares.size() / 2]));
    }
    text += line_of(line);
  }
  return text;
}

}  // namespace

std::string comparison_page(std::span<const ComparedRuns> cells, const ComparisonRequest& request,
                            const std::string& command) {
  std::string page = fmt::format(kPreamble, command, request.seeds, request.first_seed,
                                 request.first_seed + request.seeds - 1, request.algorithms.front(), kSignificance);
  for (const std::uint64_t evaluations : request.evaluations) {
    std::vector<const ComparedRuns*> section;
    for (const ComparedRuns& cell : cells)
      if (cell.evaluations == evaluations) section.push_back(&cell);
    page += fmt::format("\n## {} evaluations\n\n{}", evaluations, table_head("problem", request.algorithms));
    for (const ComparedRuns* cell : section) page += line_of(*cell);
    page += summary_lines(section, request);
    page += off_exact_set(section, request);
  }
  return page;
}

std::string comparison_json(std::span<const ComparedRuns> cells, const ComparisonRequest& request) {
  nlohmann::json lines = nlohmann::json::array();
  for (const ComparedRuns& cell : cells) {
    const auto duels = duels_of(cell);
    for (std::size_t a = 0; a < cell.runs.size(); ++a) {
      nlohmann::json line = {{"problem", cell.problem->label},
                             {"measure", cell.problem->measure.by_hypervolume() ? "open_share_of_box" : "igd_plus"},
                             {"evaluations", cell.evaluations},
                             {"population", cell.problem->population},
                             {"algorithm", request.algorithms[a]},
                             {"runs", nlohmann::json::array()}};
      for (const ComparedRun& run : cell.runs[a])
        line["runs"].push_back({{"value", std::isfinite(run.value) ? nlohmann::json(run.value) : nullptr},
                                {"front", run.front},
                                {"feasible", run.feasible},
                                {"off_exact_set", run.off_exact_set},
                                {"seconds", run.seconds}});
      if (duels[a]) line["against_first"] = {{"p", duels[a]->p}, {"a12", duels[a]->effect.a12}};
      lines.push_back(std::move(line));
    }
  }
  return lines.dump(1) + "\n";
}

}  // namespace millrace::cli
