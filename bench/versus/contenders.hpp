#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/data/columns.hpp"

namespace millrace::bench {

/// What both sides do.
struct Contest {
  std::string problem;
  std::size_t objectives;
  /// Individuals; pagmo2 wants a multiple of four.
  std::size_t population;
  /// Steps of the NSGA-III lattice that fills it.
  std::size_t divisions;
  std::uint64_t generations;
  /// The run is timed in this many parts.
  std::size_t parts;
  std::uint64_t seeds;
};

/// One algorithm of one library at one contest.
class Contender {
 public:
  Contender(std::string library, std::string algorithm)
      : library_(std::move(library)), algorithm_(std::move(algorithm)) {}
  virtual ~Contender() = default;

  /// Makes algorithm and problem, samples and evaluates the first population.
  virtual void start(std::uint64_t seed) = 0;
  virtual void advance(std::uint64_t generations) = 0;
  /// Objectives of the population.
  virtual Columns objectives() const = 0;
  /// Throws Disagreement where the other library's problem gives the population other objectives.
  virtual void check() const {}

  const std::string& library() const { return library_; }
  const std::string& algorithm() const { return algorithm_; }

 private:
  std::string library_;
  std::string algorithm_;
};

using Contenders = std::vector<std::unique_ptr<Contender>>;

/// NSGA-III and NSGA-II of millrace, NSGA-II of pagmo2 and, where it has one, its NSGA-III. All with SBX and polynomial
/// mutation; NSGA-III with distribution indices 30 and 20 and crossover always, NSGA-II with 20, 20 and 0.9.
Contenders genetic_contenders(const Contest& contest);

/// MOEA/D of pagmo2, whose every call sets up weights and neighbours, and that of millrace or, where the catalogue has
/// none, its NSGA-III.
Contenders decomposition_contenders(const Contest& contest);

}  // namespace millrace::bench
