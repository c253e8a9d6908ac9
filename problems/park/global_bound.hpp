#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/parallel/workers.hpp"
#include "problems/park/bilinear_program.hpp"

namespace millrace {

struct GlobalBoundOptions {
  /// The search ends once the best solution costs at most this share more than the bound: of its cost, or where that is
  /// next to nothing of 1e-4 of the largest cost that a single column can have.
  double gap = 1e-4;
  /// Nodes that are branched on at most; the bound is true wherever the search stops.
  std::size_t most_nodes = 100000;
  /// Random starts of the local search at the root.
  std::size_t starts = 20;
  std::uint64_t seed = 1;
  /// Only solutions that cost less are looked for. For testing the bound: a search with no solution of its own to begin
  /// with and a cut-off above the optimum must find the optimum or keep its bound below it.
  double cutoff = std::numeric_limits<double>::infinity();
  std::string error() const;
};

/// What a global search proved.
struct GlobalBound {
  /// No solution of the program costs less.
  double lower = -std::numeric_limits<double>::infinity();
  /// The best solution found; infinite and empty where there is none.
  double upper = std::numeric_limits<double>::infinity();
  std::vector<double> values;
  /// Whether nothing is left to search: either the gap is closed, or no solution costs less than the cut-off.
  bool closed = false;
  std::size_t nodes = 0;
  std::size_t programs = 0;

  /// (upper - lower) / |upper|; infinite without a solution.
  double gap() const;
};

/// Spatial branch and bound: best bound first, McCormick relaxations, bounds tightened by the rows at every node, by
/// reduced costs, and at the root by optimisation of each column. A node's bound is the Lagrangian bound of the solver's
/// multipliers, and a node is given up as empty only on a Farkas proof, so that a wrong answer of the solver costs time
/// and never truth (in floating point, not in interval arithmetic).
///
/// Nodes are taken four at a time and their children solved in parallel, each from its parent's basis with a solver of
/// its own: the same bits for any number of threads. Throws std::invalid_argument with options.error() or
/// program.error().
GlobalBound bound_globally(const BilinearProgram& program, const GlobalBoundOptions& options, Workers& workers);

}  // namespace millrace
