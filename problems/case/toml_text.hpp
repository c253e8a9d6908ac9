#pragma once

#include <string>
#include <string_view>

namespace millrace {

/// The text as a basic string of TOML, quotes included.
std::string toml_string(std::string_view text);

}  // namespace millrace
