#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/borg_operators.hpp"
#include "engine/algorithm/borg_population.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/archive/epsilon_archive.hpp"
#include "operators/sampling.hpp"

namespace millrace {

struct BorgOptions {
  /// Of the first population, and the fewest after a restart.
  std::size_t population = 100;
  /// The most after a restart.
  std::size_t largest_population = 10'000;
  EpsilonOptions epsilons;
  /// Children between two looks at the archive and the population; 1 is the algorithm of the paper. Over 20,000
  /// evaluations of ZDT4, DTLZ1, DTLZ2, WFG4 and a water case 64 gave hypervolumes from 1 % below to 2 % above those
  /// of 1 (medians of 7 seeds) in a third of the time; 256 began to cost convergence on ZDT1 and ZDT2.
  std::size_t wave = 64;
  /// Evaluations between two checks of progress and size, which also renew the operators' probabilities.
  std::size_t window = 200;
  /// Individuals of the population a member of the archive.
  double gamma = 4.0;
  /// Share of the population that takes part in a tournament, two at least.
  double tau = 0.02;
  SamplingMethod sampling = SamplingMethod::uniform;
  BorgOperatorOptions operators;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// Auto-adaptive many-objective search around an epsilon-dominance archive, which is what survives.
///
/// Hadka and Reed 2013, DOI 10.1162/EVCO_a_00075: steady-state replacement, operators chosen by what they brought into
/// the archive, and a restart from the archive where it made no progress or outgrew the population.
/// Differs from the paper: children come in waves, all from the population and the archive as they were before the
/// wave, and are then taken in one after the other. After a restart the mutated archive members that fill the
/// population up are waves as well. Only a wave's last group may make fewer children than its operator does. Epsilons
/// may choose themselves (EpsilonScale).
class Borg {
 public:
  /// Throws std::invalid_argument with BorgOptions::error().
  Borg(Setup setup, BorgOptions options);

  Batch ask();
  void tell();
  /// Where the archive lies; batches lie in another pool.
  const Population& pool() const { return archive_.population(); }
  /// The archive.
  std::span<const Slot> survivors() const { return archive_.members(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

  const EpsilonArchive& archive() const { return archive_; }
  std::size_t population() const { return population_.size(); }
  std::span<const double> operator_probabilities() const { return operators_.probabilities(); }
  std::uint64_t restarts() const { return restarts_; }

 private:
  bool filling() const { return population_.size() < wanted_; }
  void recombine();
  std::size_t add_group(std::size_t first_child, std::uint32_t group);
  void inject();
  void adapt();
  std::size_t wanted_population() const;
  void restart(std::size_t wanted);

  Setup setup_;
  BorgOptions options_;
  BorgOperators operators_;
  /// Its first slots are the children of a wave, the next copies of members of the archive that are parents there.
  BorgPopulation population_;
  EpsilonArchive archive_;
  /// Members that the population is to have; while it has fewer, it is being filled up.
  std::size_t wanted_;
  /// Of this wave: the children and the operator of each.
  std::vector<Slot> children_;
  std::vector<std::uint32_t> made_by_;
  std::vector<Slot> parents_;
  std::uint32_t wave_ = 0;
  std::uint64_t restarts_ = 0;
  /// Evaluations since the last check, and the epsilon-progress that there was then.
  std::uint64_t since_check_ = 0;
  std::uint64_t progress_at_check_ = 0;
};

}  // namespace millrace
