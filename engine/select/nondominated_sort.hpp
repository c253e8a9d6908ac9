#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Members of a set front by front, best first.
struct Fronts {
  /// Slots of front 0, then of front 1, ...; ascending inside a front.
  std::vector<Slot> order;
  /// Front r is order[begin[r]] .. order[begin[r + 1] - 1]: count() + 1 entries, the first 0.
  std::vector<std::uint32_t> begin{0};

  std::size_t count() const { return begin.size() - 1; }
  std::span<const Slot> front(std::size_t r) const {
    return std::span<const Slot>(order).subspan(begin[r], begin[r + 1] - begin[r]);
  }
};

/// Non-dominated sorting of any number of points in any number of objectives. Owns its memory: a second sort of the
/// same size allocates nothing. Minus zero equals zero, infinities are values like any other, NaN is not allowed.
///
/// A front that makes the number of ranked members reach `stop_at` is complete and is the last one; stop_at 0 gives no
/// front at all. Equal points share a front. The answer does not depend on the number of threads or the SIMD target.
///
/// Cost: one pass or, for badly spread objectives, one sort an objective. Then for few points all pairs, 32 in an
/// instruction or two (pair_sorter.hpp); for many a sort of keys and about n searches in a tree of 32 children a node
/// (dominance_tree.hpp): O(n^2 M / 32) where no corner of the tree excludes anything, which random points need M > 10
/// or so for.
class NondominatedSorter {
 public:
  /// Where one method takes over from another: it decides how long a sort takes, and nothing else.
  struct Limits {
    /// Most points of which all pairs are compared; never more than 512.
    std::size_t most_pairs = 512;
    /// Fewest points for which the tree is cut by one objective after the other.
    std::size_t fewest_to_split = 4096;
  };

  NondominatedSorter() : NondominatedSorter(Limits()) {}
  explicit NondominatedSorter(Limits limits);
  ~NondominatedSorter();
  NondominatedSorter(NondominatedSorter&&) noexcept;
  NondominatedSorter& operator=(NondominatedSorter&&) noexcept;

  /// Constrained domination (Deb, Pratap, Agarwal and Meyarivan 2002, doi:10.1109/4235.996017): feasible members by
  /// Pareto dominance, then the others by ascending violation, equal violations one front, failed ones last.
  /// `members` are different slots in any order. The result lives until the next call.
  const Fronts& sort(const Population& pool, std::span<const Slot> members, std::size_t stop_at, Workers& workers);

  /// The same without constraints: every member counts as feasible.
  const Fronts& sort_objectives(const Columns& f, std::span<const Slot> members, std::size_t stop_at, Workers& workers);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace millrace
