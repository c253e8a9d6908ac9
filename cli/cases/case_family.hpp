#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "cli/exit_code.hpp"

namespace millrace::cli {

/// An option of `millrace run` that only some families of cases have. Its text is kept with the run, so that resume
/// finds the same problem; what it changes must be in ProblemSpec::data_digest. Two families may share one name.
struct CaseOption {
  /// As on the command line, "--controller".
  std::string_view name;
  /// What stands for its value in the help, "NAME"; empty for a flag, whose text is "true".
  std::string_view value;
  std::string_view help;
};

/// A way to solve a case that is not evolution: `millrace run CASE --method NAME`.
struct CaseMethod {
  std::string_view name;
  std::string_view help;
  /// Throws UsageError. `typed` is everything that was typed, `typed.problem` the case.
  ExitCode (*run)(const RunRequest& typed);
};

/// What a finished study left, for what a family adds to it.
struct FinishedStudy {
  const RunSettings& settings;
  const Study& study;
  /// summary.json of each member.
  const std::vector<nlohmann::json>& summaries;
  const std::filesystem::path& folder;
  const Execution& execution;
  /// False where all of it was found finished.
  bool fresh;
};

/// One family of cases: everything that the command line knows of it. A new family is one file that makes a
/// CaseFamily and one row in case_families().
struct CaseFamily {
  /// What [case] family (or "family" of a JSON case) says, and `millrace list problems` shows.
  std::string_view name;
  std::vector<ProblemListing> (*cases)();
  std::span<const CaseOption> options;
  std::span<const CaseMethod> methods;
  /// The study of a built-in case of the family, or of a case file. Throws UsageError; Study::address and family are
  /// set by the caller.
  Study (*make)(const ProblemRequest& request);
  /// Called once a study is finished, before its tables are printed: writes and prints what only this family has
  /// (nothing on standard output where execution.json). May be null. Throws UsageError or StorageError.
  void (*finish)(const FinishedStudy& finished);
};

std::span<const CaseFamily> case_families();

/// The family of a built-in case, or of the case file at a path (urban where the file names none or cannot be read);
/// null for everything else.
const CaseFamily* family_of(const std::string& problem);

/// Adds every case option to a verb, each once; what is typed lands in `options`.
void add_case_options(CLI::App& verb, CaseOptions& options);

/// Throws UsageError for an option that is not the family's (null: a benchmark's).
void check_case_options(const ProblemRequest& request, const CaseFamily* family);

}  // namespace millrace::cli
