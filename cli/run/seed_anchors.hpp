#pragma once

#include <cstddef>

#include "cli/cases/problem_lookup.hpp"
#include "cli/run/seed_designs.hpp"

namespace millrace::cli {

/// The efficient solutions where each objective alone is best (payoff_table), at most `most` of them, as decisions of
/// the problem: where it encodes whole decisions, those that stand for solutions near them. Their results are not known
/// before they are evaluated. 3 m linear programs. Throws UsageError where the problem is none (require_linear_programs
/// says so before), or it has no solution.
SeedDesigns anchor_designs(const StudyMember& member, std::size_t most);

}  // namespace millrace::cli
