#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/crowding.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct Nsga2Options {
  std::size_t population = 100;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// NSGA-II: elitist non-dominated sorting with crowding distance, constraints by feasibility first.
///
/// Deb, Pratap, Agarwal and Meyarivan 2002, DOI 10.1109/4235.996017.
/// Differs from the paper: equal crowding distances are cut by slot.
class Nsga2 {
 public:
  /// Throws std::invalid_argument with Nsga2Options::error().
  Nsga2(Setup setup, Nsga2Options options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  std::span<const Slot> mate();
  void measure(const Fronts& fronts);

  Setup setup_;
  Nsga2Options options_;
  Variation variation_;
  Cohorts cohorts_;
  MatingPool mating_;
  NondominatedSorter sorter_;
  CrowdingDistance crowding_;
  std::vector<Slot> survivors_;
  std::vector<Slot> last_;
  std::vector<double> front_distance_;
  /// By slot, for the tournaments of the next generation.
  std::vector<std::uint32_t> rank_;
  std::vector<double> distance_;
};

}  // namespace millrace
