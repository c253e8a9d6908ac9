#pragma once

#include <string>
#include <vector>

namespace millrace::cli {

/// Rows of text as a Markdown table whose columns line up on a terminal too: the first column left, the others right.
/// Every row has as many cells as the heading.
std::string markdown_table(const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows);

}  // namespace millrace::cli
