#pragma once

#include <nlohmann/json.hpp>

#include "cli/run/run_settings.hpp"

namespace millrace::cli {

/// Canonical form of the settings: what a digest is taken of and what resume reads back.
nlohmann::json to_json(const RunSettings& settings);

/// Throws nlohmann::json::exception or UsageError where the text is not one that to_json wrote.
RunSettings settings_from_json(const nlohmann::json& json);

}  // namespace millrace::cli
