#pragma once

#include <nlohmann/json.hpp>

#include "cli/decide/decision.hpp"

namespace millrace::cli {

nlohmann::json to_json(const Decision& decision);

/// The reason, each front with the chosen scheme beside its best and worst, and the scheme itself, on standard output.
void print(const Decision& decision);

}  // namespace millrace::cli
