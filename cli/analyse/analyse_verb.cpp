#include <fmt/format.h>

#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/analyse/analysis_files.hpp"
#include "cli/command_line.hpp"
#include "cli/exact/exact_front.hpp"
#include "cli/suggestion.hpp"
#include "cli/sweep/store_access.hpp"
#include "cli/verbs.hpp"
#include "engine/run/result_files.hpp"

namespace millrace::cli {
namespace {

struct AnalyseOptions {
  std::string source;
  std::filesystem::path store;
  std::string output = "-";
  std::string map_csv;
  std::string estimator = "jansen";
  std::size_t top = 20;
  bool json = false;
  bool exact = false;
  AnalysisOptions analysis;
};

/// What makes the same output again.
std::string command_of(const AnalyseOptions& options) {
  const AnalysisOptions defaults;
  const AnalysisOptions& a = options.analysis;
  std::string command = "millrace analyse " + options.source;
  if (!options.store.empty()) command += " --store " + options.store.string();
  if (a.indicator != defaults.indicator) command += " --indicator " + a.indicator;
  if (!a.baseline.empty()) command += " --baseline " + a.baseline;
  if (options.estimator != "jansen") command += " --estimator " + options.estimator;
  if (a.threshold) command += fmt::format(" --threshold {}", *a.threshold);
  else if (a.reach != defaults.reach) command += fmt::format(" --reach {}", a.reach);
  if (a.bins != defaults.bins) command += fmt::format(" --bins {}", a.bins);
  if (a.bootstrap.resamples != defaults.bootstrap.resamples)
    command += fmt::format(" --resamples {}", a.bootstrap.resamples);
  if (options.top != AnalyseOptions{}.top) command += fmt::format(" --top {}", options.top);
  if (options.exact) command += " --exact";
  if (!options.map_csv.empty()) command += " --map-csv " + options.map_csv;
  if (options.json) command += " --json";
  if (options.output != "-") command += " --output " + options.output;
  return command;
}

/// Hypervolumes of the exact fronts of a plan; NaN where a problem is no linear program, or its runs are measured in
/// another box.
std::vector<double> exact_hypervolumes(const SweepPlan& plan, const Store& store) {
  std::vector<double> volumes;
  Workers workers(0);
  for (const PlannedProblem& problem : plan.problems) {
    volumes.push_back(std::numeric_limits<double>::quiet_NaN());
    const auto stored = store.problem(problem.digest);
    if (!stored || !problem.member.whole_problem().linear_form()) continue;
    const ExactFront exact = exact_front(problem.member, workers);
    if (stored->reference.ideal == exact.box.ideal && stored->reference.nadir == exact.box.nadir)
      volumes.back() = exact.share.value;
  }
  return volumes;
}

FirstEstimator estimator_of(const std::string& name) {
  if (name == "jansen") return FirstEstimator::jansen_1999;
  if (name == "saltelli") return FirstEstimator::saltelli_2010;
  throw UsageError(fmt::format("--estimator: '{}' is not known{}", name, suggestion(name, {"jansen", "saltelli"})));
}

void write_analysis(const AnalyseOptions& options, const AnalysedStudy& study, const PageOptions& page) {
  const Analysis analysis = analyse(study, options.analysis);
  if (!options.map_csv.empty()) {
    if (analysis.maps.empty())
      throw UsageError("--map-csv: a control map needs two parameters with several numbers; the study has fewer");
    write_file(options.map_csv, maps_csv(study, analysis));
  }
  const std::string text =
      options.json ? analysis_json(study, analysis, page).dump(2) + "\n" : analysis_page(study, analysis, page);
  if (options.output == "-") {
    fmt::print("{}", text);
    return;
  }
  write_file(options.output, text);
  fmt::print("{}Wrote {}\n", recommendation_text(study, analysis, page.indicator), options.output);
}

void run_analysis(AnalyseOptions& options) {
  options.analysis.estimator = estimator_of(options.estimator);
  PageOptions page{.command = command_of(options), .indicator = options.analysis.indicator, .top = options.top};
  const std::filesystem::path source = options.source;
  if (source.extension() != ".toml") {
    if (options.exact) throw UsageError("--exact: a store has no problems to solve; name the study file in its place");
    if (!options.store.empty())
      throw UsageError("--store: belongs to a study file (.toml); name either the study file or the store");
    const Store store(source, Store::Mode::read);
    write_analysis(options, analysed_store(store), page);
    return;
  }
  const SweepPlan plan = plan_sweep(read_study_file(source));
  const std::filesystem::path path = options.store.empty() ? default_store(source) : options.store;
  if (!std::filesystem::exists(path))
    throw UsageError(fmt::format("{}: has no store yet ({}); run millrace sweep {} first", options.source,
                                 path.string(), options.source));
  const Store store(path, Store::Mode::read);
  if (options.exact && options.analysis.indicator != "hypervolume")
    throw UsageError("--exact: belongs to the indicator hypervolume; remove one of both");
  if (options.exact) page.exact = exact_hypervolumes(plan, store);
  write_analysis(options, analysed_study(plan, store), page);
}

}  // namespace

void add_analyse_verb(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("analyse", "Say what a sweep found: statistics, sensitivities, what to set");
  auto options = std::make_shared<AnalyseOptions>();
  AnalysisOptions& analysis = options->analysis;
  verb->add_option("source", options->source, "Study file (.toml), whose store is found beside it, or a store")
      ->required();
  verb->add_option("--store", options->store, "Store of the study file, where it is elsewhere");
  verb->add_option("--indicator", analysis.indicator, "hypervolume (default), igd-plus, seconds ...");
  verb->add_option("--baseline", analysis.baseline,
                   "Setting to compare with, in place of the study's: population=100,generations=200");
  verb->add_option("--estimator", options->estimator, "Of first Sobol indices: jansen (default) or saltelli");
  verb->add_option("--resamples", analysis.bootstrap.resamples, "Of every bootstrap interval, 2000 by default")
      ->check(whole_number(10, 1'000'000));
  auto* reach = verb->add_option("--reach", analysis.reach,
                                 "Control maps: share of the best value of a problem that a run must reach, 0.95 by "
                                 "default");
  reach->check(CLI::Range(1e-9, 1.0));
  verb->add_option("--threshold", analysis.threshold, "Control maps: the value that a run must reach")
      ->check(finite_number())
      ->excludes(reach);
  verb->add_option("--bins", analysis.bins, "Control maps: bins of a parameter with many values, 8 by default")
      ->check(whole_number(1, 1000));
  verb->add_option("--map-csv", options->map_csv, "File for the cells of all control maps");
  verb->add_flag("--exact", options->exact, "Add shares of the exact front's hypervolume (linear problems)");
  verb->add_option("--top", options->top, "Settings that the page shows, the best first; 20 by default")
      ->check(whole_number(1, 1'000'000));
  verb->add_flag("--json", options->json, "JSON with every setting in place of the page");
  verb->add_option("--output", options->output, "File to write, - for standard output (default)");
  verb->callback([options] { with_store([&] { run_analysis(*options); }); });
}

}  // namespace millrace::cli
