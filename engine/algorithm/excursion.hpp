#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/algorithm_settings.hpp"
#include "engine/algorithm/setup.hpp"

namespace millrace {

using MakeAlgorithm = AnyAlgorithm (*)(Setup, const AlgorithmSettings&);

/// Any algorithm, sent once beyond the constraints of its problem.
///
/// Feasibility first holds a population on its side of an infeasible band, as on C1-DTLZ3. So after 0.4 of the run the
/// population stays at home as it is, and its algorithm goes on as if nothing were violated, for ExcursionOptions::share
/// of the run. Where what it then has is feasible and dominates more than half of those at home, the algorithm starts
/// again with the best of both, and forgets ideal points, ranges and archives of infeasible individuals; otherwise it
/// goes on from home as if it had not been away. Evaluations of the excursion are part of the budget in any case.
///
/// There is no excursion where no evaluation was infeasible so far (such a run has the bits of one without) or none
/// feasible. While it is under way, pool() and survivors() are those at home: feasible by the true constraints.
///
/// The idea is the push of push and pull search: Fan, Li, Cai, Li, Wei, Zhang, Deb and Goodman 2019, DOI
/// 10.1016/j.swevo.2018.08.017. Differs from the paper: the push comes after a search with constraints and may be
/// rejected; the clock of the run ends it; there is no level of violation that falls (docs/design.md has figures).
class Excursion {
 public:
  /// settings.excursion: a share above 0 without error.
  Excursion(Setup setup, const AlgorithmSettings& settings, MakeAlgorithm make);

  Batch ask();
  void tell();
  const Population& pool() const { return stage_ == Stage::away ? home_ : algorithm_.pool(); }
  std::span<const Slot> survivors() const {
    return stage_ == Stage::away ? std::span<const Slot>(at_home_) : algorithm_.survivors();
  }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  /// Before, during and after; afterwards back as it was, with a new start, or never away.
  enum class Stage : std::uint8_t { before, away, returned, restarted, stayed };

  double progress() const;
  void set_out();
  Batch come_back();
  bool was_worth_it() const;
  Batch start_again();
  AnyAlgorithm made_for(Stage stage) const;
  void forgive();

  Setup setup_;
  AlgorithmSettings settings_;
  MakeAlgorithm make_;
  AnyAlgorithm algorithm_;
  Stage stage_ = Stage::before;
  bool met_infeasible_ = false;
  std::uint64_t told_ = 0;
  std::uint64_t evaluated_ = 0;
  /// Generations told when it set out and when it came back.
  std::uint64_t left_ = 0;
  std::uint64_t back_ = 0;
  /// What was asked for, from ask to tell.
  Population* asked_ = nullptr;
  std::vector<Slot> batch_;
  /// Survivors when it set out, and the state of their algorithm.
  Population home_;
  std::vector<Slot> at_home_;
  std::vector<std::byte> state_;
};

/// The algorithm that `make` makes, with an excursion where there is one and there are constraints.
AnyAlgorithm with_excursion(Setup setup, const AlgorithmSettings& settings, MakeAlgorithm make);

}  // namespace millrace
