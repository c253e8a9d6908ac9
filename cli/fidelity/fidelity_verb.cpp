#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/fidelity/fidelity_page.hpp"
#include "cli/verbs.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

struct FidelityOptions {
  FidelityRequest request;
  std::string output = "-";
  bool quick = false;
  bool json = false;
};

void check_problems(const std::vector<std::string>& problems) {
  for (const std::string& name : problems) {
    std::vector<std::string_view> known;
    for (const FidelitySection& section : fidelity_sections())
      for (const FidelityRow& row : section.rows)
        if (std::find(known.begin(), known.end(), row.problem) == known.end()) known.push_back(row.problem);
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw UsageError(fmt::format("--problems: {} is not in the table; there are {}", name, fmt::join(known, ", ")));
  }
}

/// What makes the same output again; the number of threads changes nothing.
std::string command_of(const FidelityOptions& options) {
  std::string command = "millrace fidelity";
  if (options.quick) command += " --quick";
  if (options.request.seeds != FidelityRequest{}.seeds) command += fmt::format(" --seeds {}", options.request.seeds);
  if (!options.request.problems.empty())
    command += fmt::format(" --problems {}", fmt::join(options.request.problems, ","));
  if (options.output != "-") command += " --output " + options.output;
  return command;
}

void announce(const FidelityResult& result) {
  fmt::print(stderr, "{} M={}: median {:.3e} of {} runs{}\n", result.row->problem, result.row->objectives,
             result.spread().median, result.runs.size(), result.passes().value_or(true) ? "" : ", misses the bar");
}

void make_table(FidelityOptions options, bool seeds_given) {
  constexpr std::size_t kQuickSeeds = 5;
  constexpr std::size_t kQuickObjectives = 5;
  check_problems(options.request.problems);
  if (options.quick) options.request.most_objectives = kQuickObjectives;
  if (options.quick && !seeds_given) options.request.seeds = kQuickSeeds;
  const auto results = measure_fidelity(options.request, announce);
  const std::string text =
      options.json ? fidelity_json(results) : fidelity_page(results, options.request, command_of(options));
  if (options.output == "-") fmt::print("{}", text);
  else write_file(options.output, text);
}

}  // namespace

void add_fidelity_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("fidelity", "The table of published results beside ours");
  auto options = std::make_shared<FidelityOptions>();
  FidelityRequest& request = options->request;
  CLI::Option* seeds = verb->add_option("--seeds", request.seeds, "Runs of every row (default 20; 5 with --quick)")
                           ->check(CLI::Range(1, 10000));
  verb->add_option("--threads", request.threads, "Threads (default 0: every core); the table does not depend on it")
      ->check(CLI::Range(0, 4096));
  verb->add_option("--problems", request.problems, "Only these problems, e.g. dtlz1,c2-dtlz2")->delimiter(',');
  verb->add_flag("--quick", options->quick, "Only rows with up to 5 objectives");
  verb->add_option("--output", options->output, "File to write, - for standard output (default)");
  verb->add_flag("--json", options->json, "JSON with every value instead of the page");
  verb->callback([options, seeds] { make_table(*options, seeds->count() > 0); });
}

}  // namespace millrace::cli
