#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/run/run_settings.hpp"
#include "engine/run/trace.hpp"

namespace millrace::cli {

/// Evaluations at which `millrace run` records where it stands: ten points of the budget.
std::vector<std::uint64_t> trace_points_of(const RunSettings& settings);

/// For summary.json, the seconds included; what is not known is left out.
nlohmann::json trace_json(const std::vector<TracePoint>& points);
std::vector<TracePoint> trace_from_json(const nlohmann::json& saved);

}  // namespace millrace::cli
