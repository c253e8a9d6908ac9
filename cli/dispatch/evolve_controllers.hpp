#pragma once

#include <cstdint>
#include <string>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/problem.hpp"

namespace millrace::cli {

/// How a controller is evolved for a mark.
struct Evolution {
  std::string algorithm;
  std::size_t population = 200;
  std::uint64_t generations = 1000;
  std::uint64_t seed = 1;
  /// Of simulated binary crossover and polynomial mutation.
  double crossover_eta = 20.0;
  double mutation_eta = 20.0;
  /// Differential crossover in place of the simulated binary one.
  bool differential = false;
};

/// What came out, and what it took.
struct Evolved {
  Population front;
  std::uint64_t evaluations = 0;
  double seconds = 0.0;
};

/// `starts`, where not null, are in the first population.
Evolved evolve(const AnyProblem& problem, const Evolution& evolution, Workers& workers,
               const DecisionRows* starts = nullptr);

}  // namespace millrace::cli
