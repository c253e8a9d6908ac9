// How generations and hypervolumes grow with population, objectives and variables, and what more threads give.
#include "bench/scaling/scaling.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <exception>
#include <string>
#include <thread>

namespace millrace::bench {

std::vector<std::size_t> thread_counts() {
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::size_t> counts;
  for (std::size_t threads = 1; threads < cores; threads *= 2) counts.push_back(threads);
  counts.push_back(cores);
  return counts;
}

namespace {

int scale(bool quick, const std::string& output) {
  Json results;
  results["machine"] = describe_machine();
  results["quick"] = quick;
  results["threads"] = thread_counts();
  results["generations"] = scale_generations(quick);
  results["hypervolume"] = scale_hypervolumes(quick);
  results["profile"] = profile_generations(quick);
  results["machine"]["load_average_at_end"] = load_average();
  if (!output.empty()) write_results(output, results);
  return 0;
}

}  // namespace
}  // namespace millrace::bench

int main(int count, char** arguments) {
  CLI::App app{"Times generations and hypervolumes over sizes and threads."};
  bool quick = false;
  std::string output;
  app.add_flag("--quick", quick, "fewer and smaller cases");
  app.add_option("--output", output, "JSON file to write");
  CLI11_PARSE(app, count, arguments);
  try {
    return millrace::bench::scale(quick, output);
  } catch (const std::exception& error) {
    fmt::print(stderr, "scaling: {}\n", error.what());
    return 1;
  }
}
