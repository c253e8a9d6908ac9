#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/discrete_variation.hpp"
#include "operators/uniform_crossover.hpp"
#include "operators/uniform_mutation.hpp"

namespace millrace::reference {

/// Both children of uniform crossover, a variable after the other, with the words of the vectorised operator.
inline std::pair<std::vector<double>, std::vector<double>> uniform_crossover(const UniformCrossoverOptions& options,
                                                                             std::size_t d, const double* parent1,
                                                                             const double* parent2, StreamKey key,
                                                                             std::uint32_t pair) {
  std::pair<std::vector<double>, std::vector<double>> children{{parent1, parent1 + d}, {parent2, parent2 + d}};
  if (!(unit_double(philox_block(key, kGroupRow, pair / 2)[pair % 2]) < options.probability)) return children;
  for (std::size_t j = 0; j < d; ++j) {
    const std::uint64_t word = philox_block(key, pair, static_cast<std::uint32_t>(j / 128))[j / 64 % 2];
    if (word >> j % 64 & 1) std::swap(children.first[j], children.second[j]);
  }
  return children;
}

/// Places 0 .. count-1 that mutate, drawing the gaps between them: one word a gap, then whatever `mutate(place)` draws.
template <class Mutate>
void at_random_places(std::size_t count, double probability, double above_zero, RowDraws& draws, Mutate&& mutate) {
  double at = -1.0;
  for (;;) {
    const double u = draws.next_double() + above_zero;
    if (probability == 0.0) return;
    at += 1.0 + (probability == 1.0 ? 0.0 : std::floor(std::log1p(-u) / std::log1p(-probability)));
    if (at >= static_cast<double>(count)) return;
    mutate(static_cast<std::size_t>(at));
  }
}

/// Uniform mutation of one row in place.
inline void uniform_mutation(const UniformMutationOptions& options, const Bounds& bounds, std::vector<double>& row,
                             StreamKey key, std::uint32_t row_number) {
  RowDraws draws(key, row_number);
  const std::size_t d = bounds.variables();
  at_random_places(d, options.probability.value_or(1.0 / static_cast<double>(d)), 0x1p-54, draws, [&](std::size_t j) {
    const double levels = bounds.upper(j) - bounds.lower(j) + 1.0;
    const double u = draws.next_double();
    if (bounds.kind(j) == VariableKind::real)
      row[j] = std::min(bounds.lower(j) + u * (bounds.upper(j) - bounds.lower(j)), bounds.upper(j));
    else row[j] = std::min(bounds.lower(j) + std::floor(u * levels), bounds.upper(j));
  });
}

/// Puts the levels into child `c` of a group whose parents' rows are `parents`; `child` holds what the crossover of
/// real variables wrote. No differential evolution; `crosses`: the coin of the group.
inline void scan_levels(const DiscreteCrossover& crossover, const Bounds& bounds,
                        const std::vector<const double*>& parents, std::vector<double>& child, std::size_t c,
                        StreamKey key, std::uint32_t group) {
  if (!(unit_double(philox_block(key, kGroupRow, group / 2)[group % 2]) < crossover.probability)) return;
  RowDraws draws({key.seed, key.generation, Stage::discrete_crossover}, group);
  for (std::size_t j = 0; j < bounds.variables(); ++j) {
    if (bounds.kind(j) == VariableKind::real) continue;
    if (bounds.kind(j) == VariableKind::integer) {
      // A word for every child of the group.
      double unit = 0.0;
      for (std::size_t other = 0; other < crossover.children; ++other) {
        const double u = draws.next_double();
        if (other == c) unit = u;
      }
      const double below = std::floor(child[j]);
      const double up = child[j] + unit >= below + 1.0 ? below + 1.0 : below;
      child[j] = std::clamp(up, bounds.lower(j), bounds.upper(j));
      continue;
    }
    const std::size_t first = draws.below(static_cast<std::uint32_t>(crossover.parents));
    child[j] = parents[(first + c) % crossover.parents][j];
  }
}

/// The same for the child of a group of differential evolution.
inline void differ_levels(const DifferentialOptions& options, const Bounds& bounds,
                          const std::vector<const double*>& parents, std::vector<double>& child, StreamKey key,
                          std::uint32_t group) {
  const double where = unit_double(philox_block(key, kGroupRow, group / 2)[group % 2]);
  const auto forced = static_cast<std::size_t>(where * static_cast<double>(bounds.variables()));
  const bool binomial = options.scheme == DifferentialOptions::Scheme::rand_1_bin;
  RowDraws draws({key.seed, key.generation, Stage::discrete_crossover}, group);
  for (std::size_t j = 0; j < bounds.variables(); ++j) {
    if (bounds.kind(j) == VariableKind::real) continue;
    const double coin = draws.next_double(), step_coin = draws.next_double();
    if (bounds.kind(j) == VariableKind::integer) {
      const double up = child[j] + coin >= std::floor(child[j]) + 1.0 ? 1.0 : 0.0;
      child[j] = std::clamp(std::floor(child[j]) + up, bounds.lower(j), bounds.upper(j));
      continue;
    }
    if (binomial && coin >= options.cr && j != forced) {
      child[j] = parents[0][j];
      continue;
    }
    const bool from_r1 = binomial || coin < options.k;
    double level = parents[from_r1 ? 1 : 0][j];
    const bool steps = step_coin < options.f && parents[2][j] != parents[3][j];
    if (steps && bounds.kind(j) == VariableKind::binary)
      level = level == bounds.lower(j) ? bounds.upper(j) : bounds.lower(j);
    if (steps && bounds.kind(j) == VariableKind::ordinal) level += parents[2][j] > parents[3][j] ? 1.0 : -1.0;
    child[j] = std::clamp(level, bounds.lower(j), bounds.upper(j));
  }
}

/// A step 1, 2, ..., room from the cut geometric distribution: its masses added up until they reach `unit`.
inline double geometric_step(double mean, double room, double unit) {
  const double stay = 1.0 - 1.0 / mean;
  double total = 0.0;
  for (double step = 1.0; step <= room; ++step) total += std::pow(stay, step - 1.0);
  double reached = 0.0;
  for (double step = 1.0; step < room; ++step) {
    reached += std::pow(stay, step - 1.0) / total;
    if (unit < reached) return step;
  }
  return room;
}

/// Mutates the variables of one row that are not real, in place.
inline void discrete_mutation(const PolynomialMutationOptions& options, const Bounds& bounds, std::vector<double>& row,
                              StreamKey key, std::uint32_t row_number) {
  std::vector<std::size_t> discrete;
  for (std::size_t j = 0; j < bounds.variables(); ++j)
    if (bounds.kind(j) != VariableKind::real) discrete.push_back(j);
  RowDraws draws({key.seed, key.generation, Stage::discrete_mutation}, row_number);
  const double p = options.probability.value_or(1.0 / static_cast<double>(bounds.variables()));
  at_random_places(discrete.size(), p, 0.0, draws, [&](std::size_t place) {
    const std::size_t j = discrete[place];
    const double lower = bounds.lower(j), upper = bounds.upper(j), value = row[j];
    const double coin = draws.next_double(), unit = draws.next_double();
    if (lower == upper) return;
    const bool up = value == lower ? true : value == upper ? false : coin < 0.5;
    double step = 1.0;
    if (bounds.kind(j) == VariableKind::integer)
      step = geometric_step(std::max(1.0, (upper - lower) / (options.eta + 2.0)), up ? upper - value : value - lower,
                            unit);
    row[j] = up ? value + step : value - step;
  });
}

}  // namespace millrace::reference
