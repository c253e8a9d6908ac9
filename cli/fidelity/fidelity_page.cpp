#include "cli/fidelity/fidelity_page.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace millrace::cli {
namespace {

constexpr std::string_view kPreamble = R"(# Fidelity: published results beside ours

Does the program do what the papers say their algorithms do? This page is generated; do not edit it. It is made again by

```
{0}
```

The figures do not depend on the number of threads, nor on whether the processor has AVX2 or AVX-512. A run starts
from a uniform random population, and generations count evaluated populations, the first included. Each row is {1}
runs with the seeds 1 to {1}; best, median and worst are over these. Unless a section says otherwise: SBX with
probability 1 and eta 30 on half of the variables, polynomial mutation with probability 1/n and eta 20; populations
of 92, 212, 156 and 276 for 3, 5, 8 and 10 objectives with 91, 210, 156 and 275 reference directions (two layers
from 8 objectives); the numbers of variables are those of the papers. What is measured is the final front: the
non-dominated feasible part of the last population. Lower is better, except for hypervolume. *Ratio* is our median
over the published one.

Of {3} rows with a bar, {2} meet it.
)";

/// Columns that a section has besides the problem, its sizes and our figures.
struct PageColumns {
  bool published = false;
  bool published_value = false;
  bool bar = false;
  bool feasible = false;
  bool algorithm = false;

  explicit PageColumns(const FidelitySection& section) {
    for (const FidelityRow& row : section.rows) {
      published |= row.published.has_value();
      published_value |= row.published_value.has_value();
      bar |= row.bar.has_value();
      algorithm |= !row.algorithm.empty();
    }
    feasible = section.rows.front().problem == "water" || section.rows.front().problem.starts_with('c');
  }
};

std::string figure(double value) { return std::isfinite(value) ? fmt::format("{:.3e}", value) : "infinite"; }

std::string figure(const std::optional<double>& value) { return value ? figure(*value) : "–"; }

std::string line_of(const std::vector<std::string>& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

std::string heading_of(const PageColumns& columns) {
  std::vector<std::string> cells = {"problem", "M", "population", "generations"};
  if (columns.algorithm) cells.insert(cells.begin(), "algorithm");
  if (columns.published) cells.insert(cells.end(), {"published best", "median", "worst"});
  if (columns.published_value) cells.push_back("published");
  cells.insert(cells.end(), {"our best", "median", "worst"});
  if (columns.published || columns.published_value) cells.push_back("ratio");
  if (columns.bar) cells.insert(cells.end(), {"bar", "met"});
  if (columns.feasible) cells.push_back("feasible share");
  std::vector<std::string> rule(cells.size(), "--:");
  rule.front() = ":--";
  return line_of(cells) + line_of(rule);
}

std::string line_of(const FidelityResult& result, const PageColumns& columns) {
  const FidelityRow& row = *result.row;
  const Spread ours = result.spread();
  std::vector<std::string> cells = {std::string(row.problem), fmt::to_string(row.objectives),
                                    fmt::to_string(row.population), fmt::to_string(row.generations)};
  if (columns.algorithm) cells.insert(cells.begin(), std::string(algorithm_of(*result.section, row)));
  if (columns.published)
    cells.insert(cells.end(),
                 {figure(row.published->best), figure(row.published->median), figure(row.published->worst)});
  if (columns.published_value) cells.push_back(figure(row.published_value));
  cells.insert(cells.end(), {figure(ours.best), fmt::format("**{}**", figure(ours.median)), figure(ours.worst)});
  if (const auto ratio = result.ratio()) cells.push_back(fmt::format("{:.3f}", *ratio));
  if (columns.bar) {
    const auto passes = result.passes();
    cells.insert(cells.end(), {figure(row.bar), !passes ? "–" : *passes ? "yes" : "**no**"});
  }
  if (columns.feasible) cells.push_back(fmt::format("{:.3f}", result.mean_feasible()));
  return line_of(cells);
}

nlohmann::json json_of(const Spread& spread) {
  return {{"best", spread.best}, {"median", spread.median}, {"worst", spread.worst}};
}

nlohmann::json json_of(const FidelityResult& result) {
  const FidelityRow& row = *result.row;
  nlohmann::json values = nlohmann::json::array();
  for (const FidelityValue& run : result.runs) values.push_back(run.value);
  nlohmann::json json = {{"section", result.section->title},
                         {"algorithm", algorithm_of(*result.section, row)},
                         {"problem", row.problem},
                         {"objectives", row.objectives},
                         {"population", row.population},
                         {"generations", row.generations},
                         {"ours", json_of(result.spread())},
                         {"values", std::move(values)},
                         {"feasible_share", result.mean_feasible()}};
  if (row.published) json["published"] = json_of(*row.published);
  if (row.published_value) json["published"] = *row.published_value;
  if (const auto ratio = result.ratio()) json["ratio"] = *ratio;
  if (row.bar) json["bar"] = *row.bar;
  if (const auto passes = result.passes()) json["met"] = *passes;
  return json;
}

}  // namespace

FidelityVerdict verdict_of(std::span<const FidelityResult> results) {
  FidelityVerdict verdict;
  for (const FidelityResult& result : results) {
    const auto passes = result.passes();
    verdict.rows += passes.has_value();
    verdict.passed += passes.value_or(false);
  }
  return verdict;
}

std::string fidelity_page(std::span<const FidelityResult> results, const FidelityRequest& request,
                          const std::string& command) {
  const FidelityVerdict verdict = verdict_of(results);
  std::string page = fmt::format(kPreamble, command, request.seeds, verdict.passed, verdict.rows);
  const FidelitySection* section = nullptr;
  for (const FidelityResult& result : results) {
    const PageColumns columns(*result.section);
    if (result.section != section)
      page += fmt::format("\n## {}\n\n{}\n\n{}", result.section->title, result.section->text, heading_of(columns));
    section = result.section;
    page += line_of(result, columns);
  }
  return page;
}

std::string fidelity_json(std::span<const FidelityResult> results) {
  nlohmann::json rows = nlohmann::json::array();
  for (const FidelityResult& result : results) rows.push_back(json_of(result));
  return rows.dump(2) + "\n";
}

}  // namespace millrace::cli
