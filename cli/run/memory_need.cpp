#include "cli/run/memory_need.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>

#include "cli/exit_code.hpp"

namespace millrace::cli {

// Parents and offspring, one copy of them for the checkpoint, reference directions, and the lists of sorting and niching.
double bytes_needed(const Shape& shape, std::size_t population) {
  const auto variables = static_cast<double>((shape.variables + 7) / 8 * 8);
  const auto objectives = static_cast<double>(shape.objectives);
  const double individual = variables + objectives + static_cast<double>(shape.constraints) + 1.0;
  return sizeof(double) * static_cast<double>(population) * (2.0 * 2.0 * individual + 4.0 * objectives + 16.0);
}

double bytes_free() {
  std::ifstream in("/proc/meminfo");
  std::uint64_t kilobytes = 0;
  for (std::string word; in >> word;)
    if (word == "MemAvailable:" && in >> kilobytes) return 1024.0 * static_cast<double>(kilobytes);
  return std::numeric_limits<double>::infinity();
}

void check_memory(const RunSettings& settings, const Study& study) {
  double needed = 0.0;
  for (const StudyMember& member : study.members)
    needed = std::max(needed, bytes_needed(member.problem.spec().shape(), settings.method.population));
  const double free = bytes_free();
  if (needed <= free) return;
  throw UsageError(
      fmt::format("--population: {} individuals of {} need about {:.3g} GB of memory, and {:.3g} GB are "
                  "free; write at most {}",
                  settings.method.population, study.name, needed / 1e9, free / 1e9,
                  static_cast<std::uint64_t>(static_cast<double>(settings.method.population) * free / needed)));
}

}  // namespace millrace::cli
