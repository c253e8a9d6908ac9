#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace millrace::cli {

/// "; did you mean 'nsga3'?" where there is a near name, otherwise "; known are a, b, c".
std::string suggestion(std::string_view word, const std::vector<std::string>& names);

}  // namespace millrace::cli
