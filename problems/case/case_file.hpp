#pragma once

#include <span>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "problems/case/builtin_case.hpp"
#include "problems/case/case_error.hpp"

namespace millrace {

/// Text of a case file and the name that errors about it carry.
struct CaseFile {
  std::string name;
  std::string text;
};

/// The built-in case of that name, or the file at that path. Throws CaseError where there is neither.
CaseFile read_case_file(const std::string& path_or_name, std::span<const BuiltinCase> cases);

/// Throws CaseError with the line of what is not TOML.
toml::table parse_case_toml(std::string_view text, const std::string& file);

}  // namespace millrace
