#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/data/population.hpp"
#include "engine/parallel/workers.hpp"

namespace millrace {

/// Each makes points of the unit cube, which are stretched to the bounds; a variable that is not real takes the level
/// whose equal share of [0, 1) the point falls into.
enum class SamplingMethod {
  /// Independent, uniform.
  uniform,
  /// Each variable hits each of the n equal slices of its interval once. McKay, Beckman and Conover 1979,
  /// doi:10.1080/00401706.1979.10489755.
  latin_hypercube,
  /// Points 0 .. n-1 of a Sobol sequence (see engine/random/sobol.hpp) with a random digital shift; up to kSobolVariables variables.
  sobol
};

/// One sentence where the method cannot serve that many variables, or empty.
std::string sampling_error(SamplingMethod method, std::size_t variables);

/// Writes x of `pool` at `slots` (distinct), inside the bounds; nothing else changes. Point i goes to slots[i].
/// O(n d). The points depend on the method, the seed, n = slots.size() and the bounds only.
/// Throws std::invalid_argument with sampling_error().
void sample(SamplingMethod method, Population& pool, std::span<const Slot> slots, const Bounds& bounds,
            std::uint64_t seed, Workers& workers);

}  // namespace millrace
