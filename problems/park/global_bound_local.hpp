#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "problems/park/global_bound_relaxation.hpp"

namespace millrace {

/// A solution whose rows, products and switches hold to 1e-7 of their size: checked, not believed.
struct BilinearSolution {
  /// With every power at its true value.
  double cost = 0.0;
  std::vector<double> values;
};

/// The best choice of all other columns where levels and switches are as in `point` (switches rounded): one linear
/// program, two where there are powers. Empty where there is none. `programs` counts up.
std::optional<BilinearSolution> solve_at_levels(const BilinearProgram& program, const ColumnBox& box,
                                                std::span<const double> point, std::size_t& programs);

/// Sequential linear programming from a point that need not be feasible: a step of the linearised program within a trust
/// region on the levels, then solve_at_levels; accepted where that is better. Ends in a local optimum, or empty.
std::optional<BilinearSolution> descend(const BilinearProgram& program, const ColumnBox& box,
                                        std::span<const double> start, std::size_t& programs);

}  // namespace millrace
