#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/indicator/exclusive_volume.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Takes out of a front, again and again, the point without which its hypervolume loses least: the reduction of
/// SMS-EMOA, Beume, Naujoks and Emmerich 2007, doi:10.1016/j.ejor.2006.08.008.
///
/// Objectives are normalised by the best and the worst of the front, an objective that does not vary to 0; the
/// reference point is the worst and one range more. Of equal contributions the last point in the order of the last
/// objective, equal ones by place in `members`, goes.
///
/// A contribution only grows when others go, so an old one is a lower bound: after the first n contributions one is
/// worked out again only where it is the least and a point that reached into its box has gone since. Owns its memory;
/// nothing is allocated after the first time.
class HypervolumeReduction {
 public:
  /// For fronts of at most `capacity` points and workers of at most `threads` threads.
  HypervolumeReduction(std::size_t objectives, std::size_t capacity, std::size_t threads);

  /// Positions in `members` of the `count` <= n points that go, in their order. `members`: n slots of finite objectives
  /// that do not dominate each other. The answer does not depend on the number of threads.
  std::span<const std::uint32_t> choose(const Columns& f, std::span<const Slot> members, std::size_t count,
                                        Workers& workers);

  /// What each member has to itself, in normalised objectives: infinite for those that go, at most what it is now for
  /// those that stay.
  std::span<const double> contributions() const { return contribution_of_member_; }

 private:
  void load(const Columns& f, std::span<const Slot> members);
  void order_rows(const Columns& f, std::span<const Slot> members);
  void normalise(const Columns& f, std::span<const Slot> members);
  void find_places();
  void measure_all(Workers& workers);
  void measure(std::size_t row, std::size_t thread);
  std::size_t least_row();
  void remove(std::size_t row);

  std::size_t objectives_;
  /// Of the set: at least three, those beyond the problem's are 0.
  std::size_t columns_;
  std::vector<double> reference_;
  /// Row r is the r-th in the order of the last objective; a point that is gone is at infinity.
  PointSet set_;
  Places places_;
  std::vector<HypervolumeMemory> memories_;
  std::vector<std::uint32_t> member_of_row_;
  std::vector<std::uint32_t> order_;
  /// Lower bounds where the row is outdated.
  std::vector<double> contribution_;
  std::vector<double> contribution_of_member_;
  std::vector<std::uint8_t> is_outdated_;
  /// Upper corner of the box that no other point covers alone, when the contribution was measured: minus infinity
  /// where the point is gone, infinity where it had no contribution.
  Columns box_;
  std::vector<double> excess_;
  std::vector<std::uint32_t> chosen_;
};

}  // namespace millrace
