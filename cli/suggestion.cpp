#include "cli/suggestion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/problem/nearest_name.hpp"

namespace millrace::cli {

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const std::string near = nearest_name(word, names);
  return near.empty() ? fmt::format("; known are {}", fmt::join(names, ", "))
                      : fmt::format("; did you mean '{}'?", near);
}

}  // namespace millrace::cli
