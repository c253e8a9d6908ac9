#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "engine/select/normaliser.hpp"
#include "engine/select/survival_score.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct AgeMoea2Options {
  std::size_t population = 100;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// AGE-MOEA-II: selection that follows the shape of the front instead of given directions, with constraints by
/// feasibility first.
///
/// Panichella 2022, DOI 10.1145/3512290.3528732; AGE-MOEA: Panichella 2019, DOI 10.1145/3321707.3321839.
/// Differs from the paper: normalisation remembers the ideal and the extreme points of earlier generations
/// (normaliser.hpp); the exponent of the front is never below 0.7 (front_geometry.hpp); fronts beyond the first are
/// measured from the ideal point; equal scores and an infeasible last front, whose members have one violation in
/// common, are cut by slot.
class AgeMoea2 {
 public:
  /// Throws std::invalid_argument with AgeMoea2Options::error().
  AgeMoea2(Setup setup, AgeMoea2Options options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  std::span<const Slot> mate();
  const Fronts& sort();
  void normalise(const Fronts& fronts);
  void score(const Fronts& fronts);

  Setup setup_;
  AgeMoea2Options options_;
  Variation variation_;
  Cohorts cohorts_;
  MatingPool mating_;
  NondominatedSorter sorter_;
  Normaliser normaliser_;
  /// Work of save and load, so that a checkpoint every generation allocates nothing.
  mutable std::vector<double> normaliser_state_;
  SurvivalScore survival_score_;
  /// The feasible part of the fronts that compete.
  std::vector<Slot> candidates_;
  std::vector<Slot> survivors_;
  std::vector<Slot> last_;
  /// By slot, for the tournaments of the next generation.
  std::vector<std::uint32_t> rank_;
  std::vector<double> score_;
};

}  // namespace millrace
