#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/data/bounds.hpp"
#include "engine/random/philox.hpp"
#include "operators/sbx.hpp"

namespace millrace::reference {

struct SbxChildren {
  std::vector<double> first;
  std::vector<double> second;
};

/// Spread of one child as the NSGA-II code has it: `gap` is the distance from the nearer parent to the bound.
inline double sbx_spread(double u, double gap, double distance, double eta) {
  const double beta = 1.0 + 2.0 * gap / distance;
  const double alpha = 2.0 - std::pow(beta, -(eta + 1.0));
  if (u <= 1.0 / alpha) return std::pow(u * alpha, 1.0 / (eta + 1.0));
  return std::pow(1.0 / (2.0 - u * alpha), 1.0 / (eta + 1.0));
}

/// Bounded SBX of one pair, a variable after the other, with the words that the vectorised operator uses.
inline SbxChildren sbx(const SbxOptions& options, const Bounds& bounds, const double* parent1, const double* parent2,
                       StreamKey key, std::uint32_t pair) {
  const std::size_t d = bounds.variables();
  SbxChildren children{{parent1, parent1 + d}, {parent2, parent2 + d}};
  const double pair_coin = unit_double(philox_block(key, kGroupRow, pair / 2)[pair % 2]);
  if (pair_coin >= options.probability) return children;
  RowDraws draws(key, pair);
  for (std::size_t j = 0; j < d; ++j) {
    const std::uint64_t word = draws.next_u64();
    const double u = static_cast<double>(word >> 12) * 0x1p-52 + 0x1p-53;
    const double coin = static_cast<double>(word >> 1 & 2047u) / 2048.0;
    const double y1 = std::min(parent1[j], parent2[j]);
    const double y2 = std::max(parent1[j], parent2[j]);
    if (coin >= options.variable_probability || y1 == y2) continue;
    const double low = sbx_spread(u, y1 - bounds.lower(j), y2 - y1, options.eta);
    const double high = sbx_spread(u, bounds.upper(j) - y2, y2 - y1, options.eta);
    double c1 = std::clamp(0.5 * (y1 + y2 - low * (y2 - y1)), bounds.lower(j), bounds.upper(j));
    double c2 = std::clamp(0.5 * (y1 + y2 + high * (y2 - y1)), bounds.lower(j), bounds.upper(j));
    if (word & 1u) std::swap(c1, c2);
    children.first[j] = c1;
    children.second[j] = c2;
  }
  return children;
}

/// Probability that the spread of a child is at most `beta`, by the density of the paper cut off at `limit`.
inline double sbx_distribution(double beta, double limit, double eta) {
  const auto whole = [eta](double b) {
    return b <= 1.0 ? 0.5 * std::pow(b, eta + 1.0) : 1.0 - 0.5 * std::pow(b, -(eta + 1.0));
  };
  return whole(beta) / whole(limit);
}

}  // namespace millrace::reference
