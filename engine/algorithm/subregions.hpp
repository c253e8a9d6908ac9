#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/select/nondominated_sort.hpp"

namespace millrace {

/// What MOEA/DD knows of one individual.
struct Located {
  Slot slot = 0;
  /// Direction nearest to it.
  std::uint32_t subregion = 0;
  /// Its value for that direction, to be minimised.
  double value = 0.0;
};

/// A population in the subregions of its directions, from which one goes whenever one comes: algorithms 4 and 5 and the
/// update of C-MOEA/DD in Li, Deb, Zhang and Kwong 2015, doi:10.1109/TEVC.2014.2373386.
///
/// Feasible members go by dominance first: who of the last front goes, is decided by how crowded its subregion is, then by
/// value; nobody is alone in its subregion and goes while another can. Where anybody is infeasible, the one with the
/// largest violation that is not alone in its subregion goes, otherwise the one with the largest violation.
/// Ties go to the place that was filled later. O(n M) an individual while few are dominated.
class Subregions {
 public:
  Subregions(std::size_t members, std::size_t subregions, std::size_t objectives);

  /// The population from here on, in this order.
  void begin(const Population& pool, std::span<const Located> members);
  /// Adds `newcomer` and removes one, perhaps itself; returns the slot that went.
  Slot exchange(const Population& pool, const Located& newcomer, Workers& workers);
  /// Slots in the order of their places.
  std::span<const Located> members() const { return {members_.data(), count_}; }

 private:
  void put(const Population& pool, std::size_t place, const Located& member);
  void relate(std::size_t place);
  void remove(std::size_t place);
  std::size_t choose(const Population& pool, Workers& workers);
  std::size_t most_violating() const;
  void rank(const Population& pool, Workers& workers);
  std::size_t of_last_front();
  std::size_t worst_of_most_crowded();
  std::uint32_t most_crowded(std::span<const std::uint32_t> places);

  std::size_t count_ = 0;
  /// One place more than members: the newcomer's.
  std::vector<Located> members_;
  std::vector<double> violation_;
  Columns f_;
  /// By place: how many members dominate it, and its front.
  std::vector<std::uint32_t> dominators_;
  std::vector<std::uint32_t> front_;
  std::vector<std::uint32_t> crowd_;
  std::vector<double> total_value_;
  NondominatedSorter sorter_;
  std::vector<Slot> weaker_, stronger_;
  std::vector<Slot> dominated_;
  std::vector<std::uint32_t> places_;
  std::vector<std::uint32_t> last_;
  std::vector<std::uint32_t> place_of_slot_;
};

}  // namespace millrace
