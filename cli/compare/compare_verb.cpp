#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/compare/comparison_page.hpp"
#include "cli/exit_code.hpp"
#include "cli/suggestion.hpp"
#include "cli/verbs.hpp"
#include "engine/algorithm/catalogue.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

struct CompareOptions {
  ComparisonRequest request;
  std::vector<std::string> problems;
  std::string suite;
  std::optional<std::size_t> objectives;
  std::string output = "-";
  bool json = false;
};

void check_algorithms(std::vector<std::string>& wanted) {
  std::vector<std::string> known;
  for (const AlgorithmEntry& entry : algorithm_entries()) known.emplace_back(entry.name);
  if (wanted.empty())
    for (const AlgorithmEntry& entry : algorithm_entries())
      if (entry.most_objectives > 1) wanted.emplace_back(entry.name);
  for (std::size_t a = 0; a < wanted.size(); ++a) {
    if (std::find(known.begin(), known.end(), wanted[a]) == known.end())
      throw UsageError(fmt::format("--algorithms: '{}' is not known{}", wanted[a], suggestion(wanted[a], known)));
    if (std::find(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(a), wanted[a]) !=
        wanted.begin() + static_cast<std::ptrdiff_t>(a))
      throw UsageError(fmt::format("--algorithms: '{}' is named twice", wanted[a]));
  }
}

std::vector<ComparedProblem> problems_of(const CompareOptions& options) {
  if (options.problems.empty() == options.suite.empty())
    throw UsageError("compare: name problems (millrace compare pingliang water) or a --suite, one of the two");
  if (!options.suite.empty()) {
    if (options.objectives) throw UsageError("--objectives: a suite has its own; it goes with named problems");
    return problems_of_suite(options.suite);
  }
  std::vector<ComparedProblem> problems;
  for (const std::string& name : options.problems)
    for (ComparedProblem& problem : compared_problems(name, options.objectives)) problems.push_back(std::move(problem));
  return problems;
}

/// What makes the same page again.
std::string command_of(const CompareOptions& options) {
  std::string command = "millrace compare";
  for (const std::string& name : options.problems) command += " " + name;
  if (!options.suite.empty()) command += " --suite " + options.suite;
  if (options.objectives) command += fmt::format(" --objectives {}", *options.objectives);
  const ComparisonRequest& request = options.request;
  command += fmt::format(" --algorithms {} --evaluations {} --seeds {}", fmt::join(request.algorithms, ","),
                         fmt::join(request.evaluations, ","), request.seeds);
  if (request.first_seed != 1) command += fmt::format(" --first-seed {}", request.first_seed);
  if (options.output != "-") command += " --output " + options.output;
  return command;
}

void announce(const ComparedRuns& cell, const ComparisonRequest& request) {
  std::size_t best = 0;
  for (std::size_t a = 1; a < cell.runs.size(); ++a)
    if (cell.median(a) < cell.median(best)) best = a;
  fmt::print(stderr, "{}, {} evaluations: best median {:.3g} ({})\n", cell.problem->label, cell.evaluations,
             cell.median(best), request.algorithms[best]);
}

void compare(CompareOptions options) {
  check_algorithms(options.request.algorithms);
  for (const std::uint64_t evaluations : options.request.evaluations)
    if (evaluations < 1) throw UsageError("--evaluations: must be at least 1, not 0");
  const std::vector<ComparedProblem> problems = problems_of(options);
  const auto cells =
      compare_algorithms(problems, options.request, [&](const ComparedRuns& cell) { announce(cell, options.request); });
  const std::string text = options.json ? comparison_json(cells, options.request)
                                        : comparison_page(cells, options.request, command_of(options));
  if (options.output == "-") fmt::print("{}", text);
  else write_file(options.output, text);
}

}  // namespace

void add_compare_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("compare", "Algorithms side by side, with tests and effect sizes");
  auto options = std::make_shared<CompareOptions>();
  ComparisonRequest& request = options->request;
  std::string suites;
  for (const ComparedSuite& suite : compared_suites())
    suites += fmt::format("{}{} ({})", suites.empty() ? "" : "; ", suite.name, suite.description);
  verb->add_option("problems", options->problems, "Built-in problems or case files");
  verb->add_option("--suite", options->suite, "Instead of problems: " + suites);
  verb->add_option("--objectives", options->objectives, "Objectives of scalable problems");
  verb->add_option("--algorithms", request.algorithms, "Which, the first is the baseline (default: all of them)")
      ->delimiter(',');
  verb->add_option("--evaluations", request.evaluations, "Budgets, a table each (default 20000)")->delimiter(',');
  verb->add_option("--seeds", request.seeds, "Runs of each algorithm on each problem (default 21)")
      ->check(CLI::Range(2, 10000));
  verb->add_option("--first-seed", request.first_seed, "Seed of the first run (default 1)");
  verb->add_option("--threads", request.threads, "Threads (default 0: every core); the table does not depend on it")
      ->check(CLI::Range(0, 4096));
  verb->add_option("--output", options->output, "File to write, - for standard output (default)");
  verb->add_flag("--json", options->json, "JSON with every value and time instead of the page");
  verb->callback([options] { compare(*options); });
}

}  // namespace millrace::cli
