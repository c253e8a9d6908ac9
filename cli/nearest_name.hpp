#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace millrace::cli {

/// The name of `names` with the fewest edits from `word`, or empty where all are far from it.
std::string nearest_name(std::string_view word, const std::vector<std::string>& names);

/// "; did you mean 'nsga3'?" where there is a near name, otherwise "; known are a, b, c".
std::string suggestion(std::string_view word, const std::vector<std::string>& names);

}  // namespace millrace::cli
