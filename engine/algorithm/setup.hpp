#pragma once

#include <cstdint>

#include "engine/algorithm/profile.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/parallel/workers.hpp"
#include "engine/problem/spec.hpp"

namespace millrace {

/// What every algorithm is made from besides its own options. The problem itself stays outside: only the evaluator
/// may call it.
struct Setup {
  const ProblemSpec& spec;
  std::uint64_t seed;
  Workers& workers;
  /// Where a run is profiled.
  Profile* profile = nullptr;
  /// Known designs that the first population starts with, each inside the bounds and on levels, or null.
  const DecisionRows* seeds = nullptr;
};

}  // namespace millrace
