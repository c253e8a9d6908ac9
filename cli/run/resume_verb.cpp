#include <fmt/format.h>

#include <memory>

#include "cli/command_line.hpp"
#include "cli/exit_code.hpp"
#include "cli/run/run_study.hpp"
#include "cli/run/settings_json.hpp"
#include "cli/run/study_folder.hpp"
#include "cli/table/csv_table.hpp"
#include "cli/verbs.hpp"
#include "engine/run/digest.hpp"

namespace millrace::cli {
namespace {

/// What the file held when the run began.
void read_kept_seeds(SeedFile& seeds, const std::filesystem::path& folder) {
  const std::filesystem::path kept = folder / kSeedCopy;
  seeds.text = read_text(kept);
  if (digest_of(seeds.text) != seeds.digest)
    throw UsageError(fmt::format("{}: was changed since the run began; run the study again", kept.string()));
}

ExitCode resume(Execution execution) {
  const auto manifest = read_manifest(execution.output);
  if (!manifest)
    throw UsageError(
        fmt::format("{}: holds no manifest.json; name a folder that millrace run wrote", execution.output.string()));
  RunSettings settings;
  try {
    settings = settings_from_json(manifest->at("settings"));
  } catch (const nlohmann::json::exception&) {
    throw UsageError(fmt::format("{}/manifest.json: was written by another version; run the study again",
                                 execution.output.string()));
  }
  if (settings.seeds) read_kept_seeds(*settings.seeds, execution.output);
  const Study study = find_study(problem_request(settings));
  if (manifest->value("digest", "") != study_digest(settings, study))
    throw UsageError(fmt::format("{}: the case {} or the numerics changed since; run the study again",
                                 execution.output.string(), settings.problem));
  return run_study(settings, study, execution);
}

}  // namespace

void add_resume_verb(CLI::App& app, int& exit_code) {
  CLI::App* verb = app.add_subcommand("resume", "Continue a run that was interrupted");
  auto execution = std::make_shared<Execution>();
  verb->add_option("folder", execution->output, "Folder of the results")->required();
  verb->add_option("--threads", execution->threads, "Threads (default 0: every core)")->check(whole_number(0, 4096));
  verb->add_flag("--json", execution->json, "Newline-delimited JSON on standard output");
  verb->add_flag("--quiet", execution->quiet, "No progress, only the tables");
  verb->callback([execution, &exit_code] { exit_code = resume(*execution); });
}

}  // namespace millrace::cli
