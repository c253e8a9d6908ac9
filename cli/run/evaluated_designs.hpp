#pragma once

#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/problem.hpp"

namespace millrace::cli {

/// The results of these decisions, by the problem itself; one that repairs may move them, those of a linear program by
/// rounding.
Population evaluated(const AnyProblem& problem, const DecisionRows& decisions, Workers& workers);

/// 0, 1, ... for every individual.
std::vector<Slot> all_slots(const Population& population);

}  // namespace millrace::cli
