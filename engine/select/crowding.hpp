#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"

namespace millrace {

/// Crowding distance of NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017), O(M n log n).
///
/// distance[i] belongs to front[i]: infinity for the first and the last of any objective that varies, otherwise the
/// sum over the objectives of the gap between both neighbours over the range. Equal values are ordered by slot. An
/// objective that is constant over the front adds 0 to everyone; if all are constant, all distances are 0. Differs
/// from the paper: the range is that of the finite values, and a gap that ends in one infinity is infinite.
class CrowdingDistance {
 public:
  /// front: n different slots in any order; distance: n entries.
  void compute(const Columns& f, std::span<const Slot> front, std::span<double> distance);

 private:
  void order_by_value(const double* column);

  /// Members by ascending slot: words (slot, position in the front), and both apart.
  std::vector<std::uint64_t> words_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> position_;
  /// Indices into slots_ by ascending value of the objective at work, and how it comes about.
  std::vector<std::uint32_t> order_;
  std::vector<std::uint64_t> keys_;
};

/// For callers that ask once.
inline void crowding_distance(const Columns& f, std::span<const Slot> front, std::span<double> distance) {
  CrowdingDistance{}.compute(f, front, distance);
}

}  // namespace millrace
