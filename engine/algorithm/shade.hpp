#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/setup.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct ShadeOptions {
  std::size_t population = 100;
  SamplingMethod sampling = SamplingMethod::uniform;
  /// Only checked: children are made by differences, with scales and rates that follow what has succeeded.
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// SHADE: differential evolution of one objective, current-to-pbest/1/bin with an archive of replaced parents and a
/// memory of scales and crossover rates that succeeded. Constraints by feasibility first.
///
/// Tanabe and Fukunaga 2013, doi:10.1109/CEC.2013.6557555.
/// Differs from the paper: a population that has come together, or whose best has not moved for 300 generations, is
/// drawn anew but for that best, which no child is then made from until another is as good; where parent and child
/// differ in violation, that difference weighs their parameters; a variable that is not real is rounded to its nearest
/// level. Child i comes from draws of its own row, so that the bits do not depend on the threads.
class Shade {
 public:
  static constexpr std::size_t kMostObjectives = 1;

  /// Throws std::invalid_argument with ShadeOptions::error(), or for more than one objective.
  Shade(Setup setup, ShadeOptions options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  static constexpr Slot kNobody = ~Slot{0};
  /// How child i is made.
  struct Recipe {
    double scale = 0.5;
    double rate = 0.5;
    Slot best = 0;
    Slot first = 0;
    /// Of the population (its slot), or of the archive (its row).
    std::uint32_t second = 0;
    bool second_archived = false;
  };

  void rank_parents();
  void draw_anew();
  void select();
  /// What is said of restarts above, once the survivors are chosen.
  void watch();
  bool come_together() const;
  Recipe recipe(std::uint32_t i) const;
  void make_child(std::uint32_t i, const Recipe& recipe);
  /// Whether the individual at `a` is at least as good as that at `b`.
  bool as_good(Slot a, Slot b) const;
  double gain(Slot parent, Slot child) const;
  void keep_in_archive(Slot parent);
  void learn();

  Setup setup_;
  ShadeOptions options_;
  Cohorts cohorts_;
  /// Parents, best first.
  std::vector<Slot> ranked_;
  std::vector<Recipe> recipes_;
  std::vector<Slot> survivors_;
  /// Means of scales and rates that succeeded, one a generation in turn.
  std::vector<double> scales_, rates_;
  std::uint64_t next_memory_ = 0;
  /// Parents that better children replaced.
  DecisionRows archive_;
  std::uint64_t archived_ = 0;
  /// The best of before the last restart, while it is better than everything since.
  Slot champion_ = kNobody;
  bool restarts_ = false;
  /// Best of this start, and generations since it moved.
  double best_violation_ = 0.0, best_objective_ = 0.0;
  std::uint64_t stale_ = 0;
  /// Of this generation: recipes of children that were better, and by how much.
  std::vector<std::uint32_t> succeeded_;
  std::vector<double> gains_;
};

}  // namespace millrace
