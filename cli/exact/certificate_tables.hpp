#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace millrace::cli {

/// What --method exact, --certify and --polish found, on standard output; nothing where no summary has any of it.
/// `label_heading` is what the runs are told apart by, "year".
void print_exact_tables(const std::string& label_heading, const std::vector<nlohmann::json>& summaries);

}  // namespace millrace::cli
