#pragma once

#include <span>
#include <string>

#include "cli/fidelity/fidelity_run.hpp"

namespace millrace::cli {

/// The Markdown page: protocol, then a table a section, in the order of the plan. `command` is the command line that
/// makes it again.
std::string fidelity_page(std::span<const FidelityResult> results, const FidelityRequest& request,
                          const std::string& command);

/// The same figures and every single value as one JSON document.
std::string fidelity_json(std::span<const FidelityResult> results);

/// How many rows have a bar, and how many of them meet it.
struct FidelityVerdict {
  std::size_t rows = 0;
  std::size_t passed = 0;
};
FidelityVerdict verdict_of(std::span<const FidelityResult> results);

}  // namespace millrace::cli
