#include <catch2/catch.hpp>

#include <cstdlib>
#include <memory>
#include <vector>

#include "engine/run/checkpoint.hpp"
#include "tests/determinism/heap_count.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr std::uint64_t kFirst = 5;
constexpr std::uint64_t kLast = 30;

struct Counts {
  std::size_t ask = 0;
  std::size_t evaluate = 0;
  std::size_t tell = 0;
  std::size_t save = 0;
};

/// Requests for memory in generations kFirst to kLast.
Counts count_requests(WholeRun& whole, Observer& checkpoint) {
  Counts counts;
  std::size_t before = 0;
  // For a debugger: MILLRACE_TRAP_HEAP=1 test_no_allocation ends where the first request is made.
  const bool trap = std::getenv("MILLRACE_TRAP_HEAP") != nullptr;
  const auto since = [&before] { return heap_requests() - std::exchange(before, heap_requests()); };
  for (std::uint64_t g = 1; g <= kLast; ++g) {
    if (g == kFirst) counts = {};
    trap_requests(trap && g >= kFirst);
    before = heap_requests();
    const Batch batch = whole.algorithm.ask();
    counts.ask += since();
    whole.evaluator.evaluate(batch.pool, batch.slots);
    counts.evaluate += since();
    whole.algorithm.tell();
    counts.tell += since();
    ++whole.progress.generation;
    checkpoint.after_generation({whole.progress, whole.algorithm, whole.evaluator, whole.hypervolume});
    counts.save += since();
    trap_requests(false);
  }
  return counts;
}

}  // namespace

TEST_CASE("requests for memory are counted, whatever their way") {
  const std::size_t before = heap_requests();
  std::vector<int> ordinary(1000);
  AlignedVector<double> aligned(1000);
  std::free(std::malloc(17));
  CHECK(heap_requests() >= before + 3);
}

TEST_CASE("in the steady state a generation allocates nothing, its checkpoint included") {
  using Crossover = VariationOptions::Crossover;
  const ScratchFolder folder;
  std::vector<SampleProblem> samples = sample_problems();
  samples.push_back({"dtlz2-5 of 212", make_suite_problem("dtlz2", 5), 212, 212});
  samples.push_back({"pingliang of 212", pingliang(true), 212, 212});
  for (const SampleProblem& sample : samples)
    for (const AlgorithmEntry& entry : algorithm_entries())
      for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential}) {
        WholeRun whole(sample.problem, entry,
                       {.method = {.population = sample.population, .variation = {.crossover = crossover}}});
        CheckpointFile file(folder / "c", "run");
        CheckpointObserver checkpoint(file);
        const Counts counts = count_requests(whole, checkpoint);
        CAPTURE(sample.name, entry.name, static_cast<int>(crossover));
        CHECK(counts.ask == 0);
        CHECK(counts.evaluate == 0);
        CHECK(counts.tell == 0);
        CHECK(counts.save == 0);
        file.remove();
      }
}
