#include "cli/sweep/sweep_queue.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>
#include <set>
#include <string_view>

namespace millrace::cli {
namespace {

std::uint64_t reversed_bits(std::uint64_t value) {
  std::uint64_t reversed = 0;
  for (int i = 0; i < 64; ++i) reversed |= (value >> i & 1) << (63 - i);
  return reversed;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether a finished run of the store is all that the study wants of it.
bool suffices(const StoredExtent& stored, const StudyFile& file) {
  return stored.trace_points >= file.trace_points && (!file.keep_decisions || stored.decisions) &&
         (!file.igd_plus || has(stored.indicators, "igd_plus")) &&
         (!file.epsilon_progress || has(stored.indicators, "epsilon_progress"));
}

}  // namespace

std::vector<std::size_t> spread_order(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [](std::size_t a, std::size_t b) { return reversed_bits(a) < reversed_bits(b); });
  return order;
}

SweepWork work_of(const SweepPlan& plan, const std::map<std::string, StoredExtent>& stored, bool retry_failed) {
  SweepWork work;
  std::set<std::string_view> seen;
  const auto consider = [&](std::size_t setting, std::size_t seed) {
    const std::string& digest = plan.digest(setting, seed);
    if (!seen.insert(digest).second) return;
    ++work.total;
    const auto known = stored.find(digest);
    const bool failed = known != stored.end() && known->second.status == RunStatus::failed;
    if (failed && !retry_failed) ++work.found_failed;
    else if (known != stored.end() && !failed && suffices(known->second, plan.file)) ++work.found;
    else work.missing.push_back({setting, plan.file.seeds[seed], digest});
  };
  const std::vector<std::size_t> points = spread_order(plan.points());
  for (std::size_t seed = 0; seed < plan.file.seeds.size(); ++seed)
    for (const std::size_t point : points)
      for (std::size_t problem = 0; problem < plan.problems.size(); ++problem)
        for (std::size_t algorithm = 0; algorithm < plan.file.algorithms.size(); ++algorithm)
          consider(plan.setting_index(problem, algorithm, point), seed);
  return work;
}

}  // namespace millrace::cli
