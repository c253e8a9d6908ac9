#pragma once

#include <cstddef>
#include <string_view>

namespace millrace::cli {

/// Columns that a UTF-8 text takes on a terminal: one a character, two a wide one (Chinese, Japanese, Korean).
std::size_t display_width(std::string_view text);

}  // namespace millrace::cli
