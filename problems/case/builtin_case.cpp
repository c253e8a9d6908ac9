#include "problems/case/builtin_case.hpp"

namespace millrace {

std::vector<std::string_view> case_names(std::span<const BuiltinCase> cases) {
  std::vector<std::string_view> names;
  for (const BuiltinCase& entry : cases) names.push_back(entry.name);
  return names;
}

std::optional<std::string_view> case_text(std::span<const BuiltinCase> cases, std::string_view name) {
  for (const BuiltinCase& entry : cases)
    if (entry.name == name) return entry.text;
  return std::nullopt;
}

}  // namespace millrace
