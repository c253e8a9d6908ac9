// The same work by millrace and by pagmo2 in one process, taking turns, values checked, one thread, CPU time.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <exception>
#include <string>

#include <pagmo/config.hpp>

#include "bench/versus/versus.hpp"

namespace {

int compare(bool quick, const std::string& output) {
  using namespace millrace::bench;
  Json results;
  results["machine"] = describe_machine();
  results["peer"] = fmt::format("pagmo2 {}", PAGMO_VERSION);
  results["quick"] = quick;
  results["sorting"] = compare_sorting(quick);
  results["hypervolume"] = compare_hypervolumes(quick);
  results["contributions"] = compare_contributions(quick);
  results["evolution"] = compare_evolution(quick);
  results["machine"]["load_average_at_end"] = load_average();
  if (!output.empty()) write_results(output, results);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app{"Compares millrace with pagmo2: sorting, hypervolumes, whole algorithms."};
  bool quick = false;
  std::string output;
  app.add_flag("--quick", quick, "small sizes and one seed: about ten seconds instead of some minutes");
  app.add_option("--output", output, "JSON file to write");
  CLI11_PARSE(app, count, arguments);
  try {
    return compare(quick, output);
  } catch (const std::exception& error) {
    fmt::print(stderr, "versus: {}\n", error.what());
    return 1;
  }
}
