#pragma once

#include <span>

#include "engine/algorithm/setup.hpp"
#include "engine/data/population.hpp"
#include "operators/sampling.hpp"

namespace millrace {

/// Writes the decisions of the first population to `slots` of `pool`.
/// Throws std::invalid_argument where the method cannot serve that many variables.
inline void first_sample(const Setup& setup, SamplingMethod method, Population& pool, std::span<const Slot> slots) {
  sample(method, pool, slots, setup.spec.bounds, setup.seed, setup.workers);
}

}  // namespace millrace
