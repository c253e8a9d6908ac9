#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "engine/problem/problem.hpp"

namespace millrace {

/// One benchmark problem of the suite.
struct SuiteEntry {
  /// Lower case with dashes: "dtlz2", "c1-dtlz1", "wfg4", "maf1", "zdt1", "water".
  std::string_view name;
  std::string_view description;
  std::size_t default_objectives = 0;
  /// With the default number of objectives.
  std::size_t default_variables = 0;
  bool scalable_objectives = false;
  bool scalable_variables = false;
  bool constrained = false;
  std::size_t least_objectives = 2;
};

/// Every problem of the suite, family by family.
std::span<const SuiteEntry> suite_entries();

/// The entry of a name, in any case and with or without dashes and underscores.
/// Throws std::invalid_argument with a sentence that lists the known names.
const SuiteEntry& suite_entry(std::string_view name);

/// Makes a problem of the suite. Without `variables` the family's default for that number of objectives:
/// DTLZ M - 1 + k with k = 5 (DTLZ1), 10 (2 to 6) or 20 (7); WFG k + l with k = 2 (M - 1), but 4 for M = 2, and l = 20,
/// of which `variables` changes l; MaF those of the competition at CEC 2018, M + 9 (1 to 6, 10 to 12), M + 19 (7), 2 (8,
/// 9), 5 (13) or 20 M (14, 15), where MaF10 to 12 have k = M - 1; ZDT 30 (1 to 3), 10 (4, 6) or 80 (5); water and re61 always 3.
/// Throws std::invalid_argument with one sentence for an unknown name or an impossible size.
AnyProblem make_suite_problem(std::string_view name, std::optional<std::size_t> objectives = {},
                              std::optional<std::size_t> variables = {});

}  // namespace millrace
