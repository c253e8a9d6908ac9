#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/statistics/bootstrap.hpp"

namespace millrace {

/// What a factor does when it alone moves, over the trajectories of morris_design; in units of the value over the whole
/// range of the factor.
struct ElementaryEffects {
  /// Trajectories whose step of this factor has values at both ends.
  std::size_t steps = 0;
  /// Mean, mean of the absolute values, and standard deviation (n - 1) of the effects.
  double mu = 0.0;
  double mu_star = 0.0;
  double sigma = 0.0;
  /// Of mu_star, over the trajectories.
  ConfidenceInterval mu_star_interval;
};

/// Effects of every factor from the values at the rows of a Morris design (any design of trajectories of factors + 1
/// rows in which neighbours differ in one factor, each once). mu and sigma: Morris 1991,
/// doi:10.1080/00401706.1991.10484804; mu_star: Campolongo, Cariboni and Saltelli 2007,
/// doi:10.1016/j.envsoft.2006.10.004. Values that are not finite drop the steps they touch; a factor without steps has
/// zeros. Throws std::invalid_argument where the values are not one a row or the rows are not such trajectories.
std::vector<ElementaryEffects> elementary_effects(const Columns& design, std::span<const double> values,
                                                  const BootstrapOptions& options = {});

}  // namespace millrace
