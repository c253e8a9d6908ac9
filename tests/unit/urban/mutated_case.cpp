#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <vector>

#include "engine/random/philox.hpp"
#include "problems/urban/builtin_cases.hpp"
#include "problems/urban/load_case.hpp"

namespace millrace {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// True where the text is accepted. Anything but a CaseError with a line fails the test.
bool accepted(const std::string& text) {
  try {
    parse_urban_case(text, "mutant.toml");
    return true;
  } catch (const CaseError& error) {
    const std::string what = error.what();
    INFO(what << "\n" << text);
    REQUIRE(what.find("mutant.toml:" + std::to_string(error.line()) + ": ") == 0);
    REQUIRE(error.line() >= 1);
    REQUIRE_FALSE(error.key().empty());
    REQUIRE(what.find('\n') == std::string::npos);
  }
  return false;
}

const std::vector<std::string> kValues = {"",
                                          "-1",
                                          "0",
                                          "1e308",
                                          "1e400",
                                          "nan",
                                          "-inf",
                                          "\"text\"",
                                          "true",
                                          "[]",
                                          "[1, 2]",
                                          "[[1]]",
                                          "{}",
                                          "{ a = 1 }",
                                          "2025-01-01",
                                          "'",
                                          "\"",
                                          "[1, 2, 3, 4]",
                                          "[1, 2, 3, \"4\"]",
                                          "1e-300",
                                          "9999999999999999999999",
                                          "\xff",
                                          "[\"\"]",
                                          "[\"domestic\", 3]",
                                          "\"\\u0000\"",
                                          "0x7fffffffffffffff",
                                          "[nan, 1, 1, 1]",
                                          "1e299"};

std::string with_value(const std::string& line, const std::string& value) {
  const std::size_t equals = line.find('=');
  return equals == std::string::npos ? value : line.substr(0, equals + 1) + " " + value;
}

}  // namespace

TEST_CASE("a mutated case is accepted or refused with its line, never anything else") {
  const std::vector<std::string> original = lines_of(*case_text(urban_cases(), "pingliang"));
  REQUIRE(accepted(joined(original)));
  std::size_t refused = 0;
  for (std::size_t k = 0; k < original.size(); ++k) {
    auto lines = original;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(k));
    refused += !accepted(joined(lines));
    lines = original;
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(k), original[k]);
    refused += !accepted(joined(lines));
    if (original[k].find('=') == std::string::npos) continue;
    for (const std::string& value : kValues) {
      lines = original;
      lines[k] = with_value(original[k], value);
      refused += !accepted(joined(lines));
    }
  }
  CHECK(refused > 500);
}

TEST_CASE("several random mutations at once, down to single characters") {
  const std::vector<std::string> original = lines_of(*case_text(urban_cases(), "pingliang"));
  for (std::uint32_t trial = 0; trial < 500; ++trial) {
    RowDraws draws({11, 0, Stage::sample}, trial);
    auto lines = original;
    const auto at = [&] { return draws.below(static_cast<std::uint32_t>(lines.size())); };
    for (std::uint32_t change = 0; change <= draws.below(4); ++change) {
      const std::uint32_t kind = draws.below(4);
      const std::uint32_t k = at();
      if (kind == 0) lines.erase(lines.begin() + k);
      if (kind == 1) lines[k] = with_value(lines[k], kValues[draws.below(static_cast<std::uint32_t>(kValues.size()))]);
      if (kind == 2) std::swap(lines[k], lines[at()]);
      if (kind == 3 && !lines[k].empty())
        lines[k][draws.below(static_cast<std::uint32_t>(lines[k].size()))] = static_cast<char>(draws.below(256));
    }
    accepted(joined(lines));
  }
}

}  // namespace millrace
