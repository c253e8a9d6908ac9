#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace millrace {

/// A case file that is compiled into the library.
struct BuiltinCase {
  std::string_view name;
  std::string_view text;
};

/// Their names, in the order of the cases (sorted, as CMake finds them).
std::vector<std::string_view> case_names(std::span<const BuiltinCase> cases);

/// Text of the case of that name, or empty.
std::optional<std::string_view> case_text(std::span<const BuiltinCase> cases, std::string_view name);

}  // namespace millrace
