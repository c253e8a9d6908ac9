#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "problems/park/global_bound_local.hpp"
#include "problems/park/global_bound_relaxation.hpp"

namespace millrace {

/// A part of the root box that may hold better solutions, and where it is to be cut in two.
struct BranchNode {
  double bound = 0.0;
  std::uint64_t number = 0;
  /// Bounds of BranchingColumns::columns().
  std::vector<double> lower;
  std::vector<double> upper;
  std::vector<unsigned char> basis;
  std::uint32_t column = 0;
  double cut = 0.0;
};

/// The columns that are cut in two: flows and levels of products, bases of powers, switches. Once either factor of every
/// product is fixed, the relaxation is exact.
class BranchingColumns {
 public:
  explicit BranchingColumns(const BilinearProgram& program);

  const std::vector<std::uint32_t>& columns() const { return columns_; }
  /// Narrows the root box to the lower or the upper part of a node.
  void apply(const BranchNode& node, bool upper, ColumnBox& root) const;
  void keep(const ColumnBox& box, BranchNode& node) const;
  bool is_switch(std::uint32_t column) const { return is_switch_[column]; }

 private:
  std::vector<std::uint32_t> columns_;
  std::vector<bool> is_switch_;
};

struct NodeOutcome {
  /// Where there is something left to search.
  std::optional<BranchNode> node;
  /// A solution that was met on the way.
  std::optional<BilinearSolution> found;
  /// Bound of a part too small to be cut, infinite where there is none.
  double aside = std::numeric_limits<double>::infinity();
  std::size_t programs = 0;
};

/// Bounds a box, which is tightened by reduced costs and solved again while that helps, and chooses where to cut it: the
/// product or power that the relaxation gets most wrong, weighted by the multipliers of its planes, and of a product its
/// wider factor.
/// Nothing is left where no solution in the box costs less than `useful`.
NodeOutcome solve_node(const BilinearProgram& program, const BranchingColumns& branching, ColumnBox box,
                       std::span<const unsigned char> basis, double known_bound, double useful, bool search_locally);

/// What a column can be in a relaxation.
struct ColumnRange {
  double lower = 0.0;
  double upper = 0.0;
};
/// The least and the largest value of each column over a relaxation (Lagrangian bounds, at least as wide), one solver
/// for all: bound tightening by optimisation.
void optimise_ranges(const LinearProgram& relaxation, std::span<const std::uint32_t> columns,
                     std::span<ColumnRange> ranges);

}  // namespace millrace
