#include "problems/case/toml_text.hpp"

#include <fmt/format.h>

namespace millrace {

std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) out += fmt::format("\\u{:04X}", static_cast<int>(c));
    else out += c;
  }
  return out + "\"";
}

}  // namespace millrace
