#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace millrace {

/// Names of the cases that are compiled into the library, sorted.
std::vector<std::string_view> builtin_case_names();

/// Text of the case file of that name, or empty.
std::optional<std::string_view> builtin_case_text(std::string_view name);

}  // namespace millrace
