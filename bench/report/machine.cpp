#include "bench/report/machine.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "engine/data/simd_target.hpp"

namespace millrace::bench {
namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string compiler() {
#if defined(__clang__)
  return fmt::format("Clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#elif defined(__GNUC__)
  return fmt::format("GCC {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#else
  return "unknown";
#endif
}

}  // namespace

Json load_average() {
  std::array<double, 3> load{};
  if (::getloadavg(load.data(), 3) != 3) return nullptr;
  return load;
}

Json describe_machine() {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return {{"processor", processor()},
          {"cores", std::thread::hardware_concurrency()},
          {"compiler", compiler()},
          {"simd", simd_target()},
          {"date", fmt::format("{:%Y-%m-%d}", fmt::gmtime(now))},
          {"load_average", load_average()}};
}

void write_results(const std::string& path, const Json& results) {
  std::ofstream file(path);
  file << results.dump(1) << '\n';
  if (!file.flush()) throw std::runtime_error(fmt::format("cannot write {}", path));
}

}  // namespace millrace::bench
