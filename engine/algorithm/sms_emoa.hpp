#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/hypervolume_reduction.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

struct SmsEmoaOptions {
  std::size_t population = 100;
  /// Children a generation, at most `population`; 0 stands for as many as that, 1 is the paper's.
  std::size_t batch = 0;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// SMS-EMOA: the worst front loses the points that contribute least hypervolume; constraints by feasibility first.
///
/// Beume, Naujoks and Emmerich 2007, DOI 10.1016/j.ejor.2006.08.008.
/// Differs from the paper: a batch of children at a time (SmsEmoaOptions::batch) joins the parents, and then one
/// individual after the other goes. Parents are found by binary tournaments, by front and then by contribution, not at
/// random, which makes up for the larger batch. Every point has a contribution, at a reference point one range of the
/// front beyond its worst, in place of a rule for the ends of two objectives. Equal numbers of dominating individuals
/// and equal violations are cut by slot.
class SmsEmoa {
 public:
  /// The time of a contribution grows several times with each objective.
  static constexpr std::size_t kMostObjectives = 6;

  /// Throws std::invalid_argument with SmsEmoaOptions::error(), and for more than kMostObjectives objectives.
  SmsEmoa(Setup setup, SmsEmoaOptions options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

 private:
  std::span<const Slot> batch() const;
  std::span<const Slot> mate();
  Preference prefer(Slot a, Slot b) const;
  const Fronts& sort();
  void drop_dominated(const Fronts& fronts, std::size_t surplus);
  void drop_least_contributors(std::span<const Slot> front, std::size_t surplus);
  void count_dominators(const Fronts& fronts);

  Setup setup_;
  SmsEmoaOptions options_;
  Variation variation_;
  Cohorts cohorts_;
  MatingPool mating_;
  NondominatedSorter sorter_;
  HypervolumeReduction reduction_;
  std::vector<Slot> targets_;
  std::vector<Slot> members_;
  std::vector<Slot> survivors_;
  /// Those of the worst front that stay.
  std::vector<Slot> last_;
  /// By slot, for the tournaments of the next generation: the front, and the contribution where there is one front.
  std::vector<std::uint32_t> rank_;
  std::vector<double> contribution_;
  /// By slot: how many dominate a member of the worst front.
  std::vector<double> dominators_;
  /// By slot: 1 in a better front, else 0; and the largest excess over the member that is looked at.
  std::vector<double> is_better_;
  std::vector<double> excess_;
};

}  // namespace millrace
