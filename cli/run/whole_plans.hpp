#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/cases/problem_lookup.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace::cli {

/// Most numbers of decisions in plans.csv: some 30 MB.
inline constexpr std::size_t kMostPlanNumbers = 2'000'000;

/// plans.csv: the whole decisions that a front's stand for, with their results, line by line as in front.csv. Nothing
/// where the front's are whole already, or there would be more than kMostPlanNumbers.
std::optional<std::string> plans_csv(const StudyMember& member, const Population& front, Workers& workers);

}  // namespace millrace::cli
