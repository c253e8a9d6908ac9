#include "bench/report/timed_run.hpp"

#include <utility>

namespace millrace::bench {

TimedRun::TimedRun(AnyProblem problem, const Make& make, std::uint64_t seed, std::size_t threads, Profile* profile)
    : workers_(threads), evaluator_(std::move(problem), workers_),
      algorithm_(make({evaluator_.problem().spec(), seed, workers_, profile})),
      hypervolume_(evaluator_.problem().spec(), 0.0), profile_(profile) {}

void TimedRun::advance(std::uint64_t generations) {
  RunOptions options;
  options.budget.generations = progress_.generation + generations;
  run({algorithm_, evaluator_, workers_, hypervolume_, {}, profile_}, options, progress_);
}

}  // namespace millrace::bench
