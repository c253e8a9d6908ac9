#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "engine/parallel/happens_before.hpp"

namespace millrace {

/// The threads of one run: an arena of oneTBB with a limit. Nothing the engine computes depends on that limit.
class Workers {
 public:
  /// `threads` 0 takes every core of the machine.
  explicit Workers(std::size_t threads = 1);

  std::size_t threads() const { return threads_; }

  /// Calls body(begin, end) for consecutive blocks of `grain` indices that cover [0, count). Blocks start at multiples
  /// of `grain` whatever the number of threads, so a result kept per block is reproducible. With one thread, or one
  /// block, no task is made: a parallel region costs 10 to 20 microseconds, so choose a grain worth more than that.
  template <class Body>
  void for_blocks(std::size_t count, std::size_t grain, Body&& body) {
    if (threads_ == 1 || count <= grain) {
      for (std::size_t begin = 0; begin < count; begin += grain) body(begin, std::min(begin + grain, count));
      return;
    }
    const std::size_t blocks = (count + grain - 1) / grain;
    HappensBefore edge;
    edge.fork();
    arena_.execute([&] {
      oneapi::tbb::parallel_for(
          oneapi::tbb::blocked_range<std::size_t>(0, blocks, 1),
          [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
            edge.enter();
            for (std::size_t b = range.begin(); b < range.end(); ++b) body(b * grain, std::min((b + 1) * grain, count));
            edge.leave();
          },
          oneapi::tbb::simple_partitioner{});
    });
    edge.join();
  }

  /// Index of the calling thread inside a for_blocks body: 0 <= index < threads(). For per-thread scratch memory.
  std::size_t thread_index() const;

  /// For code that builds its own task graph (nested parallelism, recursion).
  oneapi::tbb::task_arena& arena() { return arena_; }

 private:
  std::size_t threads_;
  /// Set where more threads are asked for than the machine has cores, which oneTBB would otherwise not start.
  std::optional<oneapi::tbb::global_control> more_than_cores_;
  oneapi::tbb::task_arena arena_;
};

}  // namespace millrace
