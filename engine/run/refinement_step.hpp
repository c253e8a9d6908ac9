#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/problem.hpp"

namespace millrace {

/// Which individuals of a run are refined by their problem (see RefiningProblem).
struct RefinementOptions {
  /// Generations from one refinement to the next.
  std::uint64_t every = 10;
  /// Offspring that are replaced each time.
  std::size_t count = 3;
  /// One sentence where one is out of its range, else empty.
  std::string error() const;
};

/// What refinement has done so far. Saved with every checkpoint.
struct RefinementCount {
  std::uint64_t refined = 0;
  /// Of these, individuals that the problem replaced.
  std::uint64_t moved = 0;
  std::uint64_t programs = 0;
  double seconds = 0.0;
};

/// Every few generations, before the offspring are evaluated, replaces some of them by refined individuals: survivors
/// moved to where one objective is as low as it gets within limits on others. They are then evaluated, counted and
/// selected like any offspring, so that every algorithm takes them as they are.
///
/// Aims go round. Each round has: for every objective but the first, the first one lowered with that one limited; one
/// other ordered pair; one objective lowered alone. Limits of a pair are spread evenly, by the van der Corput sequence,
/// between the lowest value of the limited objective and its value where the other is lowest; every fourth is the
/// lowest. The start is the survivor that is lowest within the limit; every objective alone starts from the offspring
/// itself, which is where new local optima come from. With one objective: the offspring itself, a survivor and a decision
/// drawn anew, in turn. Results depend on neither threads nor time.
class RefinementStep {
 public:
  /// `problem` must be one that refines. Throws std::invalid_argument with options.error().
  RefinementStep(AnyProblem problem, const RefinementOptions& options, std::uint64_t seed, Workers& workers);

  /// Called with the offspring of `generation`, counted from 0, that are about to be evaluated.
  void apply(const AnyAlgorithm& algorithm, const Batch& offspring, std::uint64_t generation);

  const RefinementCount& count() const { return count_; }
  void save(StateWriter& writer) const { writer.put(count_); }
  void load(StateReader& reader) { count_ = reader.get<RefinementCount>(); }

 private:
  /// One individual to refine.
  struct Task {
    Slot child = 0;
    /// How many were refined before it.
    std::uint64_t number = 0;
    /// Copied to the child first.
    std::optional<Slot> start;
    /// The child is drawn anew first.
    bool afresh = false;
    std::size_t objective = 0;
    std::vector<double> limits;
    RefinementWork work;
  };

  Task task(const Population& pool, std::span<const Slot> feasible, Slot child, std::uint64_t number) const;
  void limit(const Population& pool, std::span<const Slot> feasible, std::size_t lowered, std::size_t limited,
             std::uint64_t turn, Task& task) const;

  void draw_decision(std::uint64_t number, std::span<double> decision) const;

  AnyProblem problem_;
  RefinementOptions options_;
  std::uint64_t seed_;
  Workers& workers_;
  RefinementCount count_;
};

}  // namespace millrace
