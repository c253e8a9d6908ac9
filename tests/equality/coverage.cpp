// Listeners of Catch2 are declared only where this asks for them.
#define CATCH_CONFIG_EXTERNAL_INTERFACES

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "tests/equality/comparison.hpp"

namespace millrace::testing {
namespace {

std::vector<Coverage>& noted() {
  static std::vector<Coverage> all;
  return all;
}

/// 102400 as "102,400", nothing as a dash.
std::string grouped(std::uint64_t number) {
  if (number == 0) return "–";
  std::string digits = fmt::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

/// Prints what was compared, a row of a table each, once everything has run.
struct PrintCoverage : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;

  void testRunEnded(const Catch::TestRunStats&) override {
    for (const Coverage& line : noted())
      fmt::print("| {} | {} | {} | {} | {} | {} |\n", line.what.kernel, line.what.reference, line.what.equality,
                 grouped(std::uint64_t{line.what.cases} * line.what.each), fmt::join(line.targets, " "),
                 line.threads ? fmt::format("{} sets", line.what.large_sets) : "not parallel");
    std::fflush(stdout);
  }
};

CATCH_REGISTER_LISTENER(PrintCoverage)

}  // namespace

void note(Coverage coverage) { noted().push_back(std::move(coverage)); }

}  // namespace millrace::testing
