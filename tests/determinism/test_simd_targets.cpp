#include <catch2/catch.hpp>

#include "tests/algorithms_for.hpp"
#include "tests/determinism/chosen_target.hpp"
#include "tests/determinism/sample_problems.hpp"
#include "tests/determinism/whole_run.hpp"

using namespace millrace;
using namespace millrace::testing;

namespace {

/// The directions are made, and every kernel runs, under the chosen instruction set.
std::vector<std::byte> state_under(const std::string& target, const AnyProblem& problem, const AlgorithmEntry& entry,
                                   const AlgorithmSettings& method, std::uint64_t generations) {
  const ChosenTarget chosen(target);
  WholeRun whole(problem, entry, {.method = method});
  whole.run_generations(generations);
  return whole.state();
}

std::vector<std::string> fusing_targets() {
  std::vector<std::string> targets;
  for (const std::string& target : simd_targets())
    if (fuses(target)) targets.push_back(target);
  return targets;
}

}  // namespace

TEST_CASE("every fusing instruction set gives the same bits") {
  using Crossover = VariationOptions::Crossover;
  const auto targets = fusing_targets();
  if (targets.size() < 2) {
    WARN("not checked: this machine has " << targets.size() << " instruction sets that fuse");
    return;
  }
  for (const SampleProblem& sample : sample_problems())
    for (const AlgorithmEntry& entry : testing::algorithms_for(sample.problem.spec().objectives.size()))
      for (const Crossover crossover : {Crossover::sbx, Crossover::uniform, Crossover::differential})
        for (std::size_t t = 1; t < targets.size(); ++t) {
          CAPTURE(sample.name, entry.name, static_cast<int>(crossover), targets[t]);
          const AlgorithmSettings method = {.population = sample.population, .variation = {.crossover = crossover}};
          CHECK((state_under(targets[t], sample.problem, entry, method, 12) ==
                 state_under(targets[0], sample.problem, entry, method, 12)));
        }
}

TEST_CASE("large populations, no lattice, and every sampling: every fusing instruction set gives the same bits") {
  const auto targets = fusing_targets();
  for (std::size_t t = 1; t < targets.size(); ++t) {
    CAPTURE(targets[t]);
    const AlgorithmEntry& nsga3 = *find_algorithm("nsga3");
    for (const SampleProblem& sample : sample_problems()) {
      CAPTURE(sample.name);
      const AlgorithmSettings method = {.population = sample.large_population};
      CHECK((state_under(targets[t], sample.problem, nsga3, method, 3) ==
             state_under(targets[0], sample.problem, nsga3, method, 3)));
    }
    for (const SamplingMethod sampling :
         {SamplingMethod::uniform, SamplingMethod::latin_hypercube, SamplingMethod::sobol}) {
      CAPTURE(static_cast<int>(sampling));
      const AnyProblem problem = make_suite_problem("dtlz2", 5);
      const AlgorithmSettings method = {.population = 50, .sampling = sampling};
      CHECK((state_under(targets[t], problem, nsga3, method, 5) == state_under(targets[0], problem, nsga3, method, 5)));
    }
  }
}
