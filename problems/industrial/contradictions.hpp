#pragma once

#include <string>
#include <vector>

#include "problems/industrial/industrial_case.hpp"

namespace millrace {

/// What the published values of a case contradict in each other or in the case, one sentence each: intervals the wrong
/// way round, sums of sectors beyond what is printed as available, an upper benefit above that of a looser limit, totals
/// that differ from the sum of their printed parts (by more than 0.1 %), and a fixed demand that is not met exactly.
std::vector<std::string> published_contradictions(const IndustrialCase& industrial);

}  // namespace millrace
