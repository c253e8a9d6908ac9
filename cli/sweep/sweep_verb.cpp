#include <memory>
#include <string>

#include "cli/command_line.hpp"
#include "cli/sweep/sweep.hpp"
#include "cli/verbs.hpp"

namespace millrace::cli {

void add_sweep_verb(CLI::App& app, int& exit_code) {
  struct Request {
    std::string study;
    SweepOptions options;
    bool dry_run = false;
  };
  CLI::App* verb = app.add_subcommand("sweep", "Make the runs of a study file that its store does not have yet");
  auto request = std::make_shared<Request>();
  verb->add_option("study", request->study, "Study file (docs/sweeps.md)")->required();
  verb->add_option("--store", request->options.store,
                   "Where the runs are kept (default: the study file's name with .db)");
  verb->add_option("--threads", request->options.threads, "Threads (default 0: every core)")
      ->check(whole_number(0, 4096));
  verb->add_option(
          "--at-once", request->options.at_once,
          "Runs side by side (default: as many as threads); 1 makes them one after the other, with all threads")
      ->check(whole_number(1, 4096));
  verb->add_flag("--retry-failed", request->options.retry_failed, "Make runs again that failed before");
  verb->add_flag("--dry-run", request->dry_run, "Say how many runs there are and are missing; write nothing");
  verb->add_flag("--json", request->options.json, "Newline-delimited JSON on standard output");
  verb->add_flag("--quiet", request->options.quiet, "No progress");
  verb->callback([request, &exit_code] {
    const SweepPlan plan = plan_sweep(read_study_file(request->study));
    if (request->dry_run) show_sweep(plan, request->options);
    else exit_code = sweep(plan, request->options);
  });
}

}  // namespace millrace::cli
