#include <catch2/catch.hpp>

#include <array>

#include "engine/run/checkpoint.hpp"
#include "tests/algorithms_for.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"
#include "tests/faults/scratch_folder.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

constexpr std::uint64_t kGenerations = 12;

void check_same_end(const WholeRun& resumed, const WholeRun& straight) {
  CHECK((resumed.state() == straight.state()));
  CHECK(resumed.progress.generation == straight.progress.generation);
  CHECK(resumed.evaluator.count().evaluations == straight.evaluator.count().evaluations);
  CHECK(resumed.evaluator.count().feasible == straight.evaluator.count().feasible);
  CHECK(resumed.evaluator.count().failed == straight.evaluator.count().failed);
  CHECK(resumed.hypervolume.best() == straight.hypervolume.best());
}

/// Stops after `first` generations and goes on in objects of its own, from the file.
void check_resumed(const AnyProblem& problem, const AlgorithmEntry& entry, const WholeRun::Setting& setting,
                   std::uint64_t first, const WholeRun& straight, const std::filesystem::path& path) {
  {
    WholeRun cut(problem, entry, setting);
    CheckpointFile file(path, "run");
    CheckpointObserver checkpoint(file);
    Observer* const observers[] = {&checkpoint};
    cut.run_generations(first, observers);
  }
  WholeRun resumed(problem, entry, setting);
  CheckpointFile file(path, "run");
  REQUIRE(load_checkpoint(file, resumed.parts(), resumed.progress));
  CHECK(resumed.progress.generation == first);
  CHECK(resumed.progress.seconds > 0.0);
  resumed.run_generations(kGenerations);
  check_same_end(resumed, straight);
  file.remove();
}

}  // namespace

TEST_CASE("stopped, saved, loaded and continued equals uninterrupted") {
  using Crossover = VariationOptions::Crossover;
  const ScratchFolder folder;
  for (const SampleProblem& sample : sample_problems())
    for (const AlgorithmEntry& entry : testing::algorithms_for(sample.problem.spec().objectives.size()))
      for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential}) {
        const WholeRun::Setting setting = {
            .method = {.population = sample.population, .variation = {.crossover = crossover}}};
        WholeRun straight(sample.problem, entry, setting);
        straight.run_generations(kGenerations);
        for (const std::uint64_t first : {std::uint64_t{1}, std::uint64_t{2}, kGenerations / 2, kGenerations - 1}) {
          CAPTURE(sample.name, entry.name, static_cast<int>(crossover), first);
          check_resumed(sample.problem, entry, setting, first, straight, folder / "c");
        }
      }
}

TEST_CASE("a stagnating run that is resumed stops where the uninterrupted one does") {
  const ScratchFolder folder;
  const AnyProblem problem = make_suite_problem("zdt1");
  const WholeRun::Setting setting = {.method = {.population = 40}, .tolerance = 1e-3};
  RunOptions options;
  options.budget = {.generations = 2000, .stagnation = 4, .stagnation_tolerance = 1e-3};
  for (const AlgorithmEntry& entry : testing::algorithms_for(problem.spec().objectives.size())) {
    CAPTURE(entry.name);
    WholeRun straight(problem, entry, setting);
    REQUIRE(straight.run(options) == StopReason::stagnation);
    CheckpointFile file(folder / std::string(entry.name).c_str(), "run");
    CheckpointObserver checkpoint(file);
    Observer* const observers[] = {&checkpoint};
    WholeRun cut(problem, entry, setting);
    RunOptions shorter = options;
    shorter.budget.generations = straight.progress.generation - 2;
    REQUIRE(cut.run(shorter, observers) == StopReason::generations);
    WholeRun resumed(problem, entry, setting);
    REQUIRE(load_checkpoint(file, resumed.parts(), resumed.progress));
    CHECK(resumed.run(options) == StopReason::stagnation);
    check_same_end(resumed, straight);
  }
}

TEST_CASE("a run may be resumed with another number of threads") {
  const ScratchFolder folder;
  const AnyProblem problem = pingliang(true);
  for (const AlgorithmEntry& entry : testing::algorithms_for(problem.spec().objectives.size())) {
    CAPTURE(entry.name);
    WholeRun::Setting setting = {.method = {.population = 2380}};
    WholeRun straight(problem, entry, setting);
    straight.run_generations(4);
    CheckpointFile file(folder / std::string(entry.name).c_str(), "run");
    CheckpointObserver checkpoint(file);
    Observer* const observers[] = {&checkpoint};
    WholeRun(problem, entry, setting).run_generations(2, observers);
    setting.threads = 3;
    WholeRun resumed(problem, entry, setting);
    REQUIRE(load_checkpoint(file, resumed.parts(), resumed.progress));
    resumed.run_generations(4);
    check_same_end(resumed, straight);
  }
}

TEST_CASE("no checkpoint changes nothing; one of another shape, size or algorithm is refused") {
  const ScratchFolder folder;
  CheckpointFile file(folder / "c", "run");
  CheckpointObserver checkpoint(file);
  Observer* const observers[] = {&checkpoint};
  const AlgorithmEntry& nsga2 = *find_algorithm("nsga2");
  const AnyProblem problem = make_suite_problem("zdt1");
  WholeRun saved(problem, nsga2, {.method = {.population = 20}});
  CHECK_FALSE(load_checkpoint(file, saved.parts(), saved.progress));
  CHECK(saved.progress.generation == 0);
  saved.run_generations(3, observers);
  WholeRun larger(problem, nsga2, {.method = {.population = 24}});
  CHECK_THROWS_AS(load_checkpoint(file, larger.parts(), larger.progress), StateMismatch);
  WholeRun other_problem(make_suite_problem("zdt4"), nsga2, {.method = {.population = 20}});
  CHECK_THROWS_AS(load_checkpoint(file, other_problem.parts(), other_problem.progress), StateMismatch);
  for (const char* name : {"nsga3", "unsga3"}) {
    WholeRun other(problem, *find_algorithm(name), {.method = {.population = 20}});
    CHECK_THROWS_AS(load_checkpoint(file, other.parts(), other.progress), StateMismatch);
  }
}
