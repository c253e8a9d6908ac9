#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/exact/exact_front.hpp"
#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Whether a finished run lacks what --certify and --polish ask for: summary.json says what it has.
bool lacks_certificates(const RunSettings& settings, const nlohmann::json& summary,
                        const std::filesystem::path& folder);

/// Adds to a finished run what is asked for, from its front.csv: certificate.csv with the gap of every solution,
/// polished.csv with the exact solution that each leads to, trace.csv with shares of the exact hypervolume, and what
/// they come to in `summary`, which is written again. Throws UsageError where front.csv cannot be read, StorageError.
void add_certificates(const RunSettings& settings, const StudyMember& member, const ExactFront& exact,
                      const std::filesystem::path& folder, Workers& workers, nlohmann::json& summary);

}  // namespace millrace::cli
