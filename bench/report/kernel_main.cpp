// Google Benchmark's main function, with the machine in the context of the results.
#include <benchmark/benchmark.h>

#include "bench/report/machine.hpp"

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
  const auto machine = millrace::bench::describe_machine();
  for (const char* key : {"processor", "compiler", "simd"})
    benchmark::AddCustomContext(key, machine.at(key).get<std::string>());
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
