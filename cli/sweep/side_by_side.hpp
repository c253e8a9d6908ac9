#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "engine/parallel/workers.hpp"

#include <oneapi/tbb/task_group.h>

namespace millrace::cli {

/// One piece of work of many, told by its index.
struct SidePiece {
  /// Memory that it needs while it is carried out.
  double bytes = 0.0;
};

/// Carries out pieces of work side by side in the arena of `workers`, at most `at_once` of them and at most `bytes` of
/// memory (one alone may need more). They are started in their order, but one that has no room waits while smaller ones
/// pass it.
///
/// No thread waits: one that finds nothing to start leaves the arena, and helps inside a piece that is still carried out
/// where that has an arena of its own. So many small pieces and few large ones both fill the cores.
class SideBySide {
 public:
  SideBySide(Workers& workers, std::size_t at_once, double bytes)
      : workers_(workers), at_once_(at_once), bytes_(bytes) {}

  /// Calls work(i) for every i in [0, pieces.size()) until `stopped()` says so, which is asked before each. What `work`
  /// throws is thrown by this call, when the pieces that were under way have ended.
  void run(const std::vector<SidePiece>& pieces, const std::function<void(std::size_t)>& work,
           const std::function<bool()>& stopped);

 private:
  void start_more();
  void carry_out(std::size_t piece);
  std::size_t next_piece() const;

  Workers& workers_;
  std::size_t at_once_;
  double bytes_;
  const std::vector<SidePiece>* pieces_ = nullptr;
  const std::function<void(std::size_t)>* work_ = nullptr;
  const std::function<bool()>* stopped_ = nullptr;
  oneapi::tbb::task_group group_;
  std::mutex mutex_;
  /// Pieces before this one are started.
  std::size_t first_ = 0;
  std::vector<bool> started_;
  std::size_t under_way_ = 0;
  double bytes_in_use_ = 0.0;
  std::exception_ptr failure_;
};

}  // namespace millrace::cli
