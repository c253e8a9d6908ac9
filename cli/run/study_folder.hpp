#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Digest of what the results of a design depend on: the problem's data and the version of the numerics.
std::string problem_digest(const StudyMember& member);

/// Whether the seeds of the settings come with results for this problem.
bool seeds_are_known(const RunSettings& settings, const StudyMember& member);

/// Digest of one run: the problem's data, the method, the seed, the budget and the version of the numerics.
std::string run_digest(const RunSettings& settings, const StudyMember& member);

/// Digest of all runs of a study.
std::string study_digest(const RunSettings& settings, const Study& study);

/// results/<case>-<algorithm>-seed<seed>-<first digits of the digest>.
std::filesystem::path default_folder(const RunSettings& settings, const Study& study);

/// Folder of one run: the study's own where it has one member, else a folder named by the scenario.
std::filesystem::path member_folder(const std::filesystem::path& study_folder, const Study& study,
                                    const StudyMember& member);

/// Refuses, before anything is written, a folder that cannot be written or that holds another study (unless `force`).
/// Throws UsageError.
void check_folder(const std::filesystem::path& folder, const std::string& digest, bool force);

/// manifest.json of a folder, or nothing. Throws UsageError where it is not JSON.
std::optional<nlohmann::json> read_manifest(const std::filesystem::path& folder);

/// summary.json of a finished run with that digest, or nothing.
std::optional<nlohmann::json> finished_summary(const std::filesystem::path& folder, const std::string& digest);

/// When the runs of a folder were worked on.
struct RunTimes {
  /// First start, that of the parts before an interruption included.
  std::string started;
  /// Wall-clock seconds of all parts.
  double wall_seconds = 0.0;
};

/// What ran: settings, digests, versions, SIMD target, threads, machine, times and status.
nlohmann::json manifest(const RunSettings& settings, const Study& study, std::size_t threads, const RunTimes& times,
                        const std::string& status);

/// Times of what the folder's manifest says was begun and not finished; now and 0 where there is none of that digest.
RunTimes times_so_far(const std::filesystem::path& folder, const std::string& digest);

/// Now, in UTC, as 2026-01-31T12:00:00Z.
std::string timestamp();

}  // namespace millrace::cli
