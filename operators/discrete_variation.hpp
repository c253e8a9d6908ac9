#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/data/bounds.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/population.hpp"
#include "engine/random/philox.hpp"
#include "operators/differential.hpp"
#include "operators/mating.hpp"
#include "operators/polynomial_mutation.hpp"

namespace millrace {

/// What the variables that are not real need to know of the crossover that made the real ones.
struct DiscreteCrossover {
  /// Of a group.
  std::size_t parents = 2;
  std::size_t children = 2;
  /// That a group crosses at all, decided by the same coin as for its real variables.
  double probability = 1.0;
  /// Of differential evolution (target, r1, r2, r3 to one child), otherwise null.
  const DifferentialOptions* differential = nullptr;
};

/// Puts the variables of the children of groups `range` that are not real on levels inside the bounds, after the
/// crossover of the real variables has written whole rows. O(number of such variables) a child, no allocation.
///
/// integer: what the crossover of real numbers made of it, rounded up or down at random so that the mean is kept: the
///   truncation of MI-LXPM (Deep, Singh, Kansal and Mohan 2009, doi:10.1016/j.amc.2009.02.044). Differs from the paper,
///   where up and down are as likely wherever between two whole numbers the value lies.
/// ordinal, binary: a level of one of the parents, each as likely, and the next child of the group has the next
///   parent's: uniform crossover for two parents, uniform scanning for more (Eiben, Raue and Ruttkay 1994,
///   doi:10.1007/3-540-58484-6_252). In differential evolution the difference r2 - r3 is a step to the neighbouring
///   level in its direction, made with probability f and where the bounds allow it; a bit changes wherever r2 and r3
///   differ (Gong and Tuson 2007, "Differential evolution for binary encoding"). k is the probability of r1 in place of
///   the target.
///
/// `key` is that of the crossover of the real variables; the draws of group q are those of its row q in
/// Stage::discrete_crossover.
void discrete_crossover(const DiscreteCrossover& crossover, const Bounds& bounds, const Mating& mating, StreamKey key,
                        GroupRange range);

/// Mutates the variables of rows `slots` of x (distinct) that are not real, each with the probability of polynomial
/// mutation and to another level, unless its bounds coincide. Expected time O(1 + d * probability) a row.
///
/// integer: a step up or down, each as likely where there is room, geometric as by Rudolph 1994,
///   doi:10.1007/3-540-58484-6_258. Differs from the paper: there are no steps of 0, nor any out of the bounds (the
///   distribution is cut, not clipped), and the mean before the cut is not adapted but that of polynomial mutation,
///   (upper - lower) / (eta + 2), and at least 1.
/// ordinal: a step to a neighbouring level. binary: the other bit.
///
/// The draws of slots[i] are those of row first_row + i in Stage::discrete_mutation of the key.
void discrete_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, DecisionRows& x,
                       std::span<const Slot> slots, StreamKey key, std::uint32_t first_row);

/// The bounds with every variable that is not real held fixed: what the mutation of real variables may move.
Bounds bounds_of_reals(Bounds bounds);

}  // namespace millrace
