#pragma once

#include <span>
#include <string>

#include "cli/compare/comparison_verdict.hpp"

namespace millrace::cli {

/// The Markdown page: a section a budget, a line a problem, a column an algorithm. `command` is what makes it again.
std::string comparison_page(std::span<const ComparedRuns> cells, const ComparisonRequest& request,
                            const std::string& command);

/// Every value of every run, with times.
std::string comparison_json(std::span<const ComparedRuns> cells, const ComparisonRequest& request);

}  // namespace millrace::cli
