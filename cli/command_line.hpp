#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>

namespace millrace::cli {

/// Accepts whole numbers from `least` to `most`, written with digits only.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most = std::numeric_limits<std::int64_t>::max());

/// Accepts finite decimal numbers.
CLI::Validator finite_number();

/// The one sentence for a command line that cannot be parsed: what is wrong and what to write instead.
std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv);

}  // namespace millrace::cli
