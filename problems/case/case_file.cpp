#include "problems/case/case_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace millrace {
namespace {

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

std::string file_text(const std::string& path, std::span<const BuiltinCase> cases) {
  const auto fail = [&](const std::string& why) {
    throw CaseError(path, 0, "file",
                    fmt::format("cannot be read ({}); write the path of a case file, or a built-in case: {}", why,
                                fmt::join(case_names(cases), ", ")));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail("it is a directory");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(errno != 0 ? std::strerror(errno) : "it does not open");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) fail("reading stopped");
  return text;
}

}  // namespace

CaseFile read_case_file(const std::string& path_or_name, std::span<const BuiltinCase> cases) {
  if (const auto text = case_text(cases, path_or_name)) return {path_or_name + ".toml", std::string(*text)};
  return {path_or_name, file_text(path_or_name, cases)};
}

toml::table parse_case_toml(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw CaseError(file, std::max<std::size_t>(error.source().begin.line, 1), "syntax",
                    one_line(error.description()) + "; correct the TOML on this line");
  }
}

}  // namespace millrace
