#include <catch2/catch.hpp>

#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "engine/run/checkpoint.hpp"
#include "tests/algorithms_for.hpp"
#include "tests/determinism/heap_count.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr std::uint64_t kWarm = 4;
constexpr std::uint64_t kLast = 30;

struct Counts {
  std::size_t ask = 0;
  std::size_t evaluate = 0;
  std::size_t tell = 0;
  std::size_t save = 0;
};

/// Requests for memory up to generation `last`.
Counts count_requests(WholeRun& whole, Observer& checkpoint, std::uint64_t last, bool trap = false) {
  Counts counts;
  std::size_t before = 0;
  const auto since = [&before] { return heap_requests() - std::exchange(before, heap_requests()); };
  trap_requests(trap);
  while (whole.progress.generation < last) {
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
  }
  trap_requests(false);
  return counts;
}

}  // namespace

TEST_CASE("requests for memory are counted, whatever their way") {
  const std::size_t before = heap_requests();
  std::vector<int> ordinary(1000);
  AlignedVector<double> aligned(1000);
  void* volatile plain = std::malloc(17);
  std::free(plain);
  CHECK(heap_requests() >= before + 3);
}

// Buffers may grow as long as a generation needs more than any before it, as where ever more individuals are feasible.
// So generations kWarm + 1 to kLast are run twice: the second time every buffer has the size that it needs.
TEST_CASE("in the steady state a generation allocates nothing, its checkpoint included") {
  using Crossover = VariationOptions::Crossover;
  const ScratchFolder folder;
  std::vector<SampleProblem> samples = sample_problems();
  samples.push_back({"dtlz2-5 of 212", make_suite_problem("dtlz2", 5), 212, 212});
  samples.push_back({"pingliang of 212", pingliang(true), 212, 212});
  for (const SampleProblem& sample : samples)
    for (const AlgorithmEntry& entry : testing::algorithms_for(sample.problem.spec().objectives.size()))
      for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential}) {
        WholeRun whole(sample.problem, entry,
                       {.method = {.population = sample.population, .variation = {.crossover = crossover}}});
        CheckpointFile file(folder / "c", "run");
        CheckpointObserver checkpoint(file);
        count_requests(whole, checkpoint, kWarm);
        const auto warm = whole.state();
        const Counts growth = count_requests(whole, checkpoint, kLast);
        const auto end = whole.state();
        StateReader reader(warm);
        whole.algorithm.load(reader);
        whole.progress.generation = kWarm;
        // For a debugger: with MILLRACE_TRAP_HEAP=1 this test ends where a request is made.
        const Counts counts = count_requests(whole, checkpoint, kLast, std::getenv("MILLRACE_TRAP_HEAP") != nullptr);
        CAPTURE(sample.name, entry.name, static_cast<int>(crossover));
        CHECK((whole.state() == end));
        // Mating and checkpoints are of one size, except that an archive's checkpoint grows with it.
        CHECK(growth.ask == 0);
        if (entry.fixed_size) CHECK(growth.save == 0);
        CHECK(counts.ask == 0);
        CHECK(counts.evaluate == 0);
        CHECK(counts.tell == 0);
        CHECK(counts.save == 0);
        file.remove();
      }
}
