#pragma once

#include <string>
#include <vector>

#include "cli/table/front_file.hpp"

namespace millrace::cli {

/// What `millrace decide` was asked, as text; empty where not given.
struct DecisionRequest {
  /// Several only for regret: the same schemes, each file in another scenario.
  std::vector<std::string> fronts;
  std::string method;
  std::string weights;
  std::string aspiration;
};

/// A scheme and why. Senses and units are a person's.
struct Decision {
  /// The solutions chosen from, one file a scenario, rows in the same order.
  std::vector<FrontFile> fronts;
  /// Rows of the files that took no part.
  std::size_t infeasible_left_out = 0;
  std::size_t dominated_left_out = 0;
  /// No solution is feasible: the choice is among those that violate constraints.
  bool infeasible = false;
  std::string method;
  Slot chosen = 0;
  std::string reason;
  /// "closeness" and its like, and that of the chosen solution.
  std::string score_name;
  double score = 0.0;
  /// Of the objectives, where the method has them.
  std::vector<double> weights;
};

/// The scheme of least largest regret over `fronts`: the same schemes, each front in another scenario. Those that are
/// infeasible in some scenario take no part while others are left. Throws UsageError.
Decision decide_by_regret(std::vector<FrontFile> fronts);

/// Throws UsageError.
Decision decide(const DecisionRequest& request);

}  // namespace millrace::cli
