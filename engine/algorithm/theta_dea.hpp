#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/algorithm/algorithm.hpp"
#include "engine/algorithm/cohorts.hpp"
#include "engine/algorithm/mating_pool.hpp"
#include "engine/algorithm/setup.hpp"
#include "engine/select/association.hpp"
#include "engine/select/nondominated_sort.hpp"
#include "engine/select/normaliser.hpp"
#include "engine/select/reference_directions.hpp"
#include "operators/sampling.hpp"
#include "operators/variation.hpp"

namespace millrace {

/// Sorting by theta-dominance (Yuan et al. 2016, definitions 1 to 5): one point dominates another where both are in the
/// same cluster and its value is smaller, so front r holds the point of rank r of every cluster. Equal values are
/// ordered by position. O(n log n); owns its memory.
class ThetaSorter {
 public:
  /// cluster, value: an entry a point, cluster < clusters, no NaN. Returns positions of points front by front, and
  /// stops with the front that makes them `stop_at` or more. The result lives until the next call.
  const Fronts& sort(std::span<const std::uint32_t> cluster, std::span<const double> value, std::size_t clusters,
                     std::size_t stop_at);

 private:
  /// Positions by cluster and value; where each cluster begins; how many points have each rank.
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> begin_;
  Fronts fronts_;
};

struct ThetaDeaOptions {
  std::size_t population = 100;
  /// Weight of the distance from the direction in penalty-based boundary intersection, >= 0. On the directions of the
  /// axes it is 1e6.
  double theta = 5.0;
  /// Divides objectives by their ranges. MOEA/DD and others do not, and are compared without.
  bool normalise = true;
  SamplingMethod sampling = SamplingMethod::uniform;
  VariationOptions variation;

  /// One sentence where an option is out of its range, else empty.
  std::string error() const;
};

/// theta-DEA: NSGA-III's reference directions, with the convergence of decomposition inside each of them.
///
/// Yuan, Xu, Wang and Yao 2016, DOI 10.1109/TEVC.2015.2420112. The directions are nsga3_directions().
/// Differs from the paper: normalisation as in Normaliser; constraints as in NSGA-III (Jain and Deb 2014, DOI
/// 10.1109/TEVC.2013.2281534): where fewer than N are feasible, all of them and the least violating survive, equal
/// violations cut by slot, and parents meet in tournaments by violation.
class ThetaDea {
 public:
  /// Throws std::invalid_argument with ThetaDeaOptions::error().
  ThetaDea(Setup setup, ThetaDeaOptions options);

  Batch ask();
  void tell();
  const Population& pool() const { return cohorts_.pool(); }
  std::span<const Slot> survivors() const { return cohorts_.parents(); }
  void save(StateWriter& writer) const;
  void load(StateReader& reader);

  const ReferenceDirections& directions() const { return directions_; }

 private:
  std::span<const Slot> mate();
  const Fronts& sort_by_dominance(std::span<const Slot> members);
  void normalise(std::span<const Slot> s_t, std::span<const Slot> first_front);
  std::span<const double> scale() const;
  void cluster();
  void measure_intersection();
  void fill(const Fronts& theta_fronts);

  Setup setup_;
  ThetaDeaOptions options_;
  ReferenceDirections directions_;
  std::vector<double> theta_;
  Variation variation_;
  Cohorts cohorts_;
  MatingPool mating_;
  NondominatedSorter sorter_;
  ThetaSorter theta_sorter_;
  Normaliser normaliser_;
  /// What objectives are divided by where they are not normalised: ones.
  std::vector<double> as_they_are_;
  /// Work of save and load, so that a checkpoint every generation allocates nothing.
  mutable std::vector<double> normaliser_state_;
  Association association_;
  std::vector<Slot> survivors_;
  /// The feasible part of S_t, and its penalty-based boundary intersection.
  std::vector<Slot> candidates_;
  std::vector<double> intersection_;
  std::vector<std::uint32_t> last_;
};

}  // namespace millrace
