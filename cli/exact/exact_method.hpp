#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace::cli {

/// What is kept of `millrace run CASE --method exact`: `directions` points of the front, no evolution.
/// Throws UsageError for an option that belongs to evolution.
RunSettings resolve_exact(const RunRequest& request, const RecommendedSettings& recommended);

/// Solves for settings.directions points of the exact front, writes front.csv and summary.json into `folder`, which
/// exists, and returns the summary, less what tells one run from another.
nlohmann::json solve_exactly(const RunSettings& settings, const StudyMember& member,
                             const std::filesystem::path& folder, Workers& workers);

}  // namespace millrace::cli
