#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/data/bounds.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"

namespace millrace {

/// Uniform mutation: a mutated variable takes any value between its bounds.
struct UniformMutationOptions {
  /// Of a variable; empty stands for one over the number of variables.
  std::optional<double> probability;

  /// One sentence saying what is wrong, or empty.
  std::string error() const;
};

/// Mutates rows `slots` of x (distinct), real variables and others (any of their levels, each as likely); the draws of
/// slots[i] are those of row number first_row + i. Expected time O(1 + d * probability) a row: the gaps between mutated
/// variables are drawn, not a coin each.
///
/// Michalewicz, Logan and Swaminathan, "Evolutionary operators for continuous convex parameter spaces", EP 1994.
void uniform_mutation(const UniformMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                      std::span<const Slot> slots, StreamKey key, std::uint32_t first_row);

}  // namespace millrace
