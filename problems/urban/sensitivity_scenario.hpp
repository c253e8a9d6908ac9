#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/urban/scheme_account.hpp"

namespace millrace {

/// A case of that scenario alone; without reference box, published figures, accounting and sensitivity.
UrbanCase one_scenario(const UrbanCase& urban, std::size_t scenario);

/// The case with every series that a change names multiplied by its factor, up to most_of. Throws std::invalid_argument
/// for a change that names no data.
UrbanCase changed_case(const UrbanCase& urban, std::span<const UrbanChange> changes);

/// Sum of the broken volumes, in units.volume.
double total_breach(std::span<const LimitBreach> breaches);

/// A fixed scheme when the data change together.
struct WhatIfAccount {
  std::string name;
  std::string provenance;
  /// Objectives of the case with the scheme as it is, before and after the change.
  std::vector<double> before;
  std::vector<double> after;
  /// What the unchanged scheme breaks then; empty: it stays feasible.
  std::vector<LimitBreach> breaches;
  /// The scheme after complete_allocation, a small change that ends feasible (the scheme itself where it stays
  /// feasible), and its objectives; empty where no scheme at all is feasible, with the reasons.
  std::vector<double> repaired;
  std::vector<double> repaired_objectives;
  std::vector<std::string> infeasible_because;
};

/// All of urban.sensitivity.what_ifs. Throws std::invalid_argument as account_of.
std::vector<WhatIfAccount> what_if_accounts(const UrbanCase& urban, std::size_t scenario, std::span<const double> x);

}  // namespace millrace
