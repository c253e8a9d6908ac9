#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/analyse/analysis_page.hpp"

namespace millrace::cli {

/// Everything of the analysis, every setting included. NaN is null.
nlohmann::json analysis_json(const AnalysedStudy& study, const Analysis& analysis, const PageOptions& options);

/// Cells of all control maps, a line each: problem, algorithm, both parameters with the ends of their bins, the
/// threshold, runs, runs that reach it, and their share.
std::string maps_csv(const AnalysedStudy& study, const Analysis& analysis);

}  // namespace millrace::cli
