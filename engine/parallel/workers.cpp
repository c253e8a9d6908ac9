#include "engine/parallel/workers.hpp"

#include <oneapi/tbb/info.h>

namespace millrace {
namespace {

std::size_t machine_threads() { return static_cast<std::size_t>(oneapi::tbb::info::default_concurrency()); }

}  // namespace

Workers::Workers(std::size_t threads)
    : threads_(threads == 0 ? machine_threads() : threads), arena_(static_cast<int>(threads_)) {
  if (threads_ > machine_threads())
    more_than_cores_.emplace(oneapi::tbb::global_control::max_allowed_parallelism, threads_);
}

std::size_t Workers::thread_index() const {
  // The arena hands out slots 0 .. threads-1; outside any arena the caller works alone.
  const int index = oneapi::tbb::this_task_arena::current_thread_index();
  return index < 0 || static_cast<std::size_t>(index) >= threads_ ? 0 : static_cast<std::size_t>(index);
}

}  // namespace millrace
