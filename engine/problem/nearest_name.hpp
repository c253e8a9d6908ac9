#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace millrace {

/// The name of `names` with the fewest edits (Levenshtein, letters without case) from `word`, or empty where all are
/// far from it: what a message about an unknown name suggests.
std::string nearest_name(std::string_view word, const std::vector<std::string>& names);

}  // namespace millrace
