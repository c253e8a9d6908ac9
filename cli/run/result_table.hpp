#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Rows of text as columns: the first column left, the others right aligned; a rule under the heading.
std::string format_table(const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows);

/// The tables at the end of a run, from the summaries of its members, to standard output.
void print_results(const RunSettings& settings, const Study& study, const std::vector<nlohmann::json>& summaries,
                   const std::filesystem::path& folder);

/// Where the time of a generation went, for the runs that were made with --profile.
void print_profiles(const std::vector<nlohmann::json>& summaries);

}  // namespace millrace::cli
