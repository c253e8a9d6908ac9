#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/association.hpp"
#include "engine/select/niching.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "engine/select/normaliser.hpp"
#include "engine/select/reference_directions.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct Nsga3Options {
  std::size_t population = 100;
  /// Empty: the Das-Dennis lattice (from eight objectives two-layered) that fills the population to within three
  /// places, otherwise as many Riesz s-energy directions as individuals.
  std::optional<ReferenceDirections> directions;
  /// U-NSGA-III: parents that share a niche compete by rank and by distance to its direction.
  bool niche_tournament = false;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// The directions an empty Nsga3Options::directions stands for.
ReferenceDirections nsga3_directions(std::size_t objectives, std::size_t population);

/// NSGA-III: reference-direction many-objective selection, with constraints by feasibility first.
///
/// Deb and Jain 2014, part I, DOI 10.1109/TEVC.2013.2281535; Jain and Deb 2014, part II (constraints),
/// DOI 10.1109/TEVC.2013.2281534; U-NSGA-III: Seada and Deb 2016, DOI 10.1109/TEVC.2015.2459718.
/// Differs from the paper: the extreme points of earlier generations stay in the competition, as in the authors' later
/// implementations; equal violations are cut by slot, not at random. Adaptive relocation (A-NSGA-III) is not included.
class Nsga3 {
 public:
  /// Throws std::invalid_argument with Nsga3Options::error().
  Nsga3(Setup setup, Nsga3Options options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

  const ReferenceDirections& directions() const { return directions_; }

 private:
  std::span<const Slot> mate();
  Preference prefer(Slot a, Slot b) const;
  const Fronts& sort(std::span<const Slot> members);
  void normalise(std::span<const Slot> s_t, std::span<const Slot> first_front);
  void associate();
  void fill(std::span<const Slot> last_front, std::size_t k);
  void remember_ranks(const Fronts& fronts);

  Setup setup_;
  Nsga3Options options_;
  ReferenceDirections directions_;
  Variation variation_;
  Cohorts cohorts_;
  MatingPool mating_;
  NondominatedSorter sorter_;
  Normaliser normaliser_;
  /// Work of save and load, so that a checkpoint every generation allocates nothing.
  mutable std::vector<double> normaliser_state_;
  Association association_;
  Niching niching_;
  std::vector<Slot> survivors_;
  /// The feasible part of S_t.
  std::vector<Slot> candidates_;
  /// U-NSGA-III: rank, niche and distance by slot, for the tournaments of the next generation.
  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> niche_;
  std::vector<double> distance_;
};

}  // namespace millrace
