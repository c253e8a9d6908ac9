#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <new>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/verbs.hpp"
#include "engine/run/checkpoint_file.hpp"

int main(int argc, char** argv) {
  using namespace millrace::cli;
  CLI::App app{"millrace: parallel evolutionary multi-objective allocation of water", "millrace"};
  app.set_version_flag("--version", "millrace " MILLRACE_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 2 usage or input, 3 stopped but resumable, 4 evaluator failures over budget, "
      "5 storage.\nStart with: millrace run pingliang");
  int exit_code = kDone;
  add_run_verb(app, exit_code);
  add_resume_verb(app, exit_code);
  add_metrics_verb(app);
  add_decide_verb(app);
  add_account_verb(app);
  add_list_verb(app);
  add_generate_verb(app);
  add_fidelity_verb(app);
  add_fit_verb(app);
  add_compare_verb(app);
  add_dispatch_verb(app);
  add_reevaluate_verb(app);
  add_sweep_verb(app, exit_code);
  add_export_verb(app);
  add_analyse_verb(app);
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    fmt::print(stderr, "millrace: {}\n", usage_sentence(app, error, argc, argv));
    return kUsage;
  } catch (const UsageError& error) {
    fmt::print(stderr, "millrace: {}\n", error.what());
    return kUsage;
  } catch (const millrace::StorageError& error) {
    fmt::print(stderr, "millrace: {}\n", error.what());
    return kStorage;
  } catch (const std::filesystem::filesystem_error& error) {
    fmt::print(stderr, "millrace: {}\n", error.what());
    return kStorage;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "millrace: not enough memory for this run; lower --population, --variables or --objectives\n");
    return kUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "millrace: {} (not expected; please report it with the command line)\n", error.what());
    return 1;
  }
}
