#pragma once

#include <cstddef>
#include <vector>

#include "bench/report/machine.hpp"

namespace millrace::bench {

/// 1, 2, 4 ... up to every core.
std::vector<std::size_t> thread_counts();

/// NSGA-III generations over population, objectives and variables, for each number of threads; wall-clock time.
/// Throws std::runtime_error where a run's bits depend on the number of threads.
Json scale_generations(bool quick);
/// Where the time of a generation goes, one thread.
Json profile_generations(bool quick);
/// Exact hypervolume of five and six objectives, for each number of threads.
Json scale_hypervolumes(bool quick);

}  // namespace millrace::bench
