#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <limits>
#include <numeric>
#include <vector>

namespace millrace::bench {

/// CPU time of the calling thread: what else runs on the machine lengthens it far less than it does wall-clock time.
inline double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

inline double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Times of work that is done in parts, each several times: of every part the least counts.
class PartTimes {
 public:
  void record(std::size_t part, double seconds) {
    if (part >= least_.size()) least_.resize(part + 1, std::numeric_limits<double>::infinity());
    least_[part] = std::min(least_[part], seconds);
  }
  double sum() const { return std::accumulate(least_.begin(), least_.end(), 0.0); }
  double mean() const { return sum() / static_cast<double>(least_.size()); }

 private:
  std::vector<double> least_;
};

/// Seconds of `work` by `clock`.
template <class Work>
double measure(double (*clock)(), Work&& work) {
  const double start = clock();
  work();
  return clock() - start;
}

}  // namespace millrace::bench
