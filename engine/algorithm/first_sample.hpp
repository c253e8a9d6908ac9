#pragma once

#include <algorithm>
#include <span>

#include "engine/algorithm/setup.hpp"
#include "engine/data/population.hpp"
#include "operators/sampling.hpp"

namespace millrace {

/// Writes the decisions of the first population to `slots` of `pool`: a sample of which the known designs of the setup
/// take the first places, as many as fit.
/// Throws std::invalid_argument where the method cannot serve that many variables.
inline void first_sample(const Setup& setup, SamplingMethod method, Population& pool, std::span<const Slot> slots) {
  sample(method, pool, slots, setup.spec.bounds, setup.seed, setup.workers);
  if (setup.seeds == nullptr) return;
  for (std::size_t i = 0; i < std::min(slots.size(), setup.seeds->rows()); ++i)
    std::copy_n(setup.seeds->row_data(i), pool.x.stride(), pool.x.row_data(slots[i]));
}

}  // namespace millrace
