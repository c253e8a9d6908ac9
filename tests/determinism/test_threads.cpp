#include <catch2/catch.hpp>

#include "tests/algorithms_for.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

std::vector<std::byte> state_after(const AnyProblem& problem, const AlgorithmEntry& entry, std::size_t population,
                                   std::uint64_t generations, std::size_t threads,
                                   VariationOptions::Crossover crossover = VariationOptions::Crossover::sbx) {
  WholeRun whole(problem, entry,
                 {.method = {.population = population, .variation = {.crossover = crossover}}, .threads = threads});
  whole.run_generations(generations);
  return whole.state();
}

}  // namespace

TEST_CASE("large populations: the same bits for any number of threads") {
  for (const SampleProblem& sample : sample_problems())
    for (const AlgorithmEntry& entry : testing::algorithms_for(sample.problem.spec().objectives.size())) {
      CAPTURE(sample.name, entry.name);
      const auto expected = state_after(sample.problem, entry, sample.large_population, 3, 1);
      for (const std::size_t threads : {2u, 3u, 7u, 16u}) {
        CAPTURE(threads);
        CHECK((state_after(sample.problem, entry, sample.large_population, 3, threads) == expected));
      }
    }
}

TEST_CASE("small populations and every crossover: the same bits for any number of threads") {
  using Crossover = VariationOptions::Crossover;
  for (const SampleProblem& sample : sample_problems())
    for (const AlgorithmEntry& entry : testing::algorithms_for(sample.problem.spec().objectives.size()))
      for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential}) {
        CAPTURE(sample.name, entry.name, static_cast<int>(crossover));
        const auto expected = state_after(sample.problem, entry, sample.population, 8, 1, crossover);
        for (const std::size_t threads : {3u, 16u}) {
          CAPTURE(threads);
          CHECK((state_after(sample.problem, entry, sample.population, 8, threads, crossover) == expected));
        }
      }
}

TEST_CASE("large populations and the other crossovers: the same bits for one and for seven threads") {
  using Crossover = VariationOptions::Crossover;
  for (const Crossover crossover : {Crossover::uniform, Crossover::differential}) {
    CAPTURE(static_cast<int>(crossover));
    const AnyProblem problem = pingliang(true);
    const AlgorithmEntry& entry = *find_algorithm("nsga3");
    CHECK((state_after(problem, entry, 2380, 3, 7, crossover) == state_after(problem, entry, 2380, 3, 1, crossover)));
  }
}

TEST_CASE("another seed gives another run: what is compared above says something") {
  const AnyProblem problem = make_suite_problem("dtlz2", 5);
  for (const AlgorithmEntry& entry : testing::algorithms_for(problem.spec().objectives.size())) {
    WholeRun one(problem, entry, {.method = {.population = 70}, .seed = 1});
    WholeRun two(problem, entry, {.method = {.population = 70}, .seed = 2});
    one.run_generations(3);
    two.run_generations(3);
    CHECK((one.state() != two.state()));
  }
}
