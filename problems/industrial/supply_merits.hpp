#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/tile.hpp"
#include "engine/problem/spec.hpp"
#include "problems/industrial/instance.hpp"
#include "problems/industrial/objectives.hpp"

namespace millrace {

/// Who is supplied first, by weights of the objectives: variables of one part of a decision.
///
/// With a weighted sum of the objectives, a cubic metre more for a user is worth the weighted sum of what it does to
/// each of them, and there are two such values a user and period: until its requirement is met, and from there to its
/// ceiling. The best plan gives water in the order of these values until there is none left. So the weights are the
/// variables, one an objective, beside the water that each region gives in each period: 6 variables in place of 120
/// supplies for three objectives and three periods of one region. The weights do not change between the periods, as
/// those of a weighted sum do not.
class SupplyMerits {
 public:
  SupplyMerits(const IndustrialInstance& instance, const ObjectiveSet& objectives);

  std::size_t variables() const { return weighted_.size() + periods_ * regions_; }
  /// Bounds, names and units of the variables from `first` on; names are appended.
  void describe(const IndustrialInstance& instance, std::size_t first, ProblemSpec& spec) const;
  /// Supplies of the users of region r in period t by the variables from `first` on: 64 lanes a user at
  /// supply + u * kLanes. O(users log users) a lane.
  void fill(const IndustrialInstance& instance, const Tile& tile, std::size_t first, std::size_t t, std::size_t r,
            double* supply) const;
  /// Variables for supplies (t * users + u) of which objective number `best` of the set is the best there is: full
  /// weight for that one, little for the others, and the water that they take.
  std::vector<double> decision_of(const IndustrialInstance& instance, std::span<const double> supply,
                                  std::size_t best) const;

 private:
  /// Up to the requirement, and from there to the ceiling.
  static constexpr std::size_t kSteps = 2;
  std::size_t share(std::size_t t, std::size_t r) const { return weighted_.size() + t * regions_ + r; }
  const double* gains_of(std::size_t t, std::size_t u, std::size_t step) const {
    return gains_.data() + ((t * users_ + u) * kSteps + step) * weighted_.size();
  }
  void fill_lane(const IndustrialInstance& instance, std::size_t t, std::size_t r, const double* weights, double given,
                 double* supply) const;

  std::size_t periods_, users_, regions_;
  /// Objectives that tell users apart.
  ObjectiveSet weighted_;
  /// Its place in the set, for each of them.
  std::vector<std::size_t> place_in_set_;
  /// What a m3 improves each of them, as a share of the largest size.
  std::vector<double> gains_;
};

}  // namespace millrace
