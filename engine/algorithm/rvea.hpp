#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/association.hpp"
#include "engine/select/normaliser.hpp"
#include "engine/select/reference_directions.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct RveaOptions {
  /// Children a generation, and the most that survive: one a reference vector.
  std::size_t population = 100;
  /// t_max of the paper: the penalty of the angle reaches its full weight in this generation and stays there. Empty
  /// where nobody knows how long the run will be: the penalty then grows as t / (t + 100), and vectors are adapted
  /// as in a run of 200 generations.
  std::optional<std::uint64_t> planned_generations;
  /// Rate of change of the penalty, >= 0: the larger, the longer convergence comes before diversity.
  double alpha = 2.0;
  /// Share of the planned generations between two adaptations of the vectors, in (0, 1].
  double adaptation_share = 0.1;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// RVEA: reference vectors divide the objective space; the best by angle-penalised distance survives in each part.
///
/// Cheng, Jin, Olhofer and Sendhoff 2016, DOI 10.1109/TEVC.2016.2519378. Constraints as in its section III-F: where a
/// part has nobody feasible, the one with the least violation survives. Survivors are between one and `population`;
/// with one objective there is one vector and one survivor. O(N M) a generation besides the search for the nearest
/// vectors.
/// Differs from the paper: instead of multiplying the vectors by the ranges of the objectives, the objectives are
/// divided by them (in the same generations: the rays are the same, but angles and distances do not drown in the
/// objective with the largest unit); ideal point and ranges are those of Normaliser, since those of the survivors lose
/// the extremes of problems like DTLZ1 for good; the first adaptation is that of the first sample, or of the first
/// feasible individuals, which alone tell where the front lies; failed individuals survive only where everyone failed,
/// and then all of the youngest do.
class Rvea {
 public:
  /// Throws std::invalid_argument with RveaOptions::error().
  Rvea(Setup setup, RveaOptions options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return elite_; }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

  const ReferenceDirections& directions() const { return directions_; }
  /// What the objectives are divided by until the next adaptation.
  std::span<const double> scale() const { return scale_; }
  /// (t / t_max)^alpha: the share of the angle's penalty that counts in the generation that is told next.
  double penalty_share() const;

 private:
  std::span<const Slot> mate();
  void merge();
  void translate();
  void adapt();
  void measure_box();
  void partition();
  void penalise();
  void keep_best_of_parts();
  void fill_places();

  Setup setup_;
  RveaOptions options_;
  ReferenceDirections directions_;
  /// Angle of each vector to its nearest neighbour.
  std::vector<double> neighbour_angle_;
  Variation variation_;
  /// Always N parents: behind the elite come place holders that nobody reads.
  Cohorts cohorts_;
  MatingPool mating_;
  Association association_;
  std::vector<double> ideal_;
  std::vector<double> scale_;
  Normaliser normaliser_;
  /// Work of save and load, so that a checkpoint every generation allocates nothing.
  mutable std::vector<double> normaliser_state_;
  /// Ascending.
  std::vector<Slot> elite_;
  /// Elite and children that did not fail, in ascending order, and their angle-penalised distances.
  std::vector<Slot> members_;
  std::vector<double> distance_;
  /// Position in members_ of the best of each part.
  std::vector<std::uint32_t> best_;
  /// Work: the feasible members; slots of the next parents; targets of differential evolution.
  std::vector<Slot> feasible_;
  std::vector<Slot> places_;
  std::vector<Slot> targets_;
};

}  // namespace millrace
